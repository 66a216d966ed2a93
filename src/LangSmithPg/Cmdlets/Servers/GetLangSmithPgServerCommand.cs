using System.Management.Automation;
using LangSmithPg.Connections;
using LangSmithPg.Servers;

namespace LangSmithPg.Cmdlets.Servers;

/// <summary>Gets the properties of a live server, the database and the role.</summary>
[Cmdlet(VerbsCommon.Get, "LangSmithPgServer", DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(ServerFacts))]
public sealed class GetLangSmithPgServerCommand : ConnectionCmdlet
{
    private protected override void Process(PgConnectionString connection)
    {
        if (FactsOf(connection) is { } facts)
        {
            WriteObject(WithTarget(facts, connection.Target));
        }
    }
}
