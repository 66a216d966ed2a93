using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections.Drivers;

namespace LangSmithPg.Cmdlets.Connections;

/// <summary>Tests, without a server, how libpq, asyncpg, pgx and the LangSmith chart interpret a connection string.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LangSmithPgConnectionString")]
[OutputType(typeof(DriverVerdict))]
public sealed class TestLangSmithPgConnectionStringCommand : LangSmithCmdlet
{
    /// <summary>The text, plain or as a secure string, or a connection of this module, whose text is the one that it would write.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Connection", "InputObject")]
    public ConnectionInput ConnectionString { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ConnectionString.Refusal is { } refusal)
        {
            WriteError(refusal);
            return;
        }

        foreach (var verdict in ConnectionString.CheckDrivers())
        {
            WriteObject(WithTarget(verdict, ConnectionString.ToString()));
        }
    }
}
