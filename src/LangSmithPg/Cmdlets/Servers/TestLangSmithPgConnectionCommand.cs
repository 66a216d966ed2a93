using System.Management.Automation;
using LangSmithPg.Connections;
using LangSmithPg.Servers;

namespace LangSmithPg.Cmdlets.Servers;

/// <summary>Tests whether a server can be reached, supports TLS, and accepts the login.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LangSmithPgConnection", DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(ConnectionTest), typeof(bool))]
public sealed class TestLangSmithPgConnectionCommand : ConnectionCmdlet
{
    /// <summary>Return only true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process(PgConnectionString connection)
    {
        var test = ConnectionTest.Of(Look(connection, askFacts: false));
        WriteObject(Quiet ? test.Authenticated : test);
    }
}
