using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections.Drivers;

namespace LangSmithPg.Cmdlets.Connections;

/// <summary>Tests, without a server, how libpq, asyncpg, pgx and the LangSmith chart interpret a connection string.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LangSmithPgConnectionString")]
[OutputType(typeof(DriverVerdict))]
public sealed class TestLangSmithPgConnectionStringCommand : LangSmithCmdlet
{
    /// <summary>The texts, plain or as secure strings, or connections of this module, whose text is the one that it would write.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Connection", "InputObject")]
    [NullConnection]
    public ConnectionInput[] ConnectionString { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var given in ConnectionString)
        {
            if (given.Refusal is { } refusal)
            {
                WriteError(refusal);
                continue;
            }

            foreach (var verdict in given.CheckDrivers())
            {
                WriteObject(WithTarget(verdict, given.ToString()));
            }
        }
    }
}
