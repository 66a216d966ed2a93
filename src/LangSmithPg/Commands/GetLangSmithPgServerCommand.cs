using System.Management.Automation;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Servers;

namespace LangSmithPg.Commands;

/// <summary>Gets what a live server says of itself, the database and the role.</summary>
[Cmdlet(VerbsCommon.Get, "LangSmithPgServer", DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(ServerFacts))]
public sealed class GetLangSmithPgServerCommand : ConnectionCmdlet
{
    private protected override void Process(PgConnectionString connection)
    {
        var observation = Look(connection, askFacts: true);
        if (observation.Failure is { } failure)
        {
            WriteError(failure.ToErrorRecord(connection.Target));
            return;
        }

        WriteObject(WithTarget(observation.Facts!, connection.Target));
    }
}
