using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Extensions;

namespace LangSmithPg.Cmdlets.Extensions;

/// <summary>Tests each extension that LangSmith needs: installed, within reach, available, allowed, and whether this user can create it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LangSmithPgExtensions", DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(ExtensionVerdict), typeof(bool))]
[SuppressMessage("Design", "PSUseSingularNouns", Justification = "The cmdlet answers for all six at once.")]
public sealed class TestLangSmithPgExtensionsCommand : ConnectionCmdlet
{
    /// <summary>What the databases are for; the connection's own purpose by default, which is LangSmith itself unless specified.</summary>
    [Parameter]
    [OptionalText(typeof(DatabasePurpose), IsColumn = true)]
    public DatabasePurpose? Purpose { get; set; }

    /// <summary>Return only true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override DatabasePurpose? PurposeOfAll => Purpose;

    private protected override void Process(PgConnectionString connection)
    {
        if (FactsOf(connection) is { } facts)
        {
            var verdicts = ExtensionEvaluator.Evaluate(InputOf(connection, facts));
            foreach (var verdict in verdicts)
            {
                WriteVerbose($"{connection.Target}: {verdict.Status} {verdict.Name}: {verdict.Message}");
            }

            WriteObject(Quiet ? verdicts.All(verdict => verdict.Status < FindingStatus.Fail) : verdicts, enumerateCollection: true);
        }
    }
}
