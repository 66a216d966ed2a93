using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Extensions;
using LangSmithPg.Findings;

namespace LangSmithPg.Cmdlets.Extensions;

/// <summary>Installs what is missing of the extensions that LangSmith needs: all in one transaction, or none.</summary>
[Cmdlet(
    VerbsLifecycle.Install, "LangSmithPgExtensions", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(ExtensionInstallation), typeof(string))]
public sealed class InstallLangSmithPgExtensionsCommand : ConnectionCmdlet
{
    /// <summary>What the databases are for; the connection's own purpose by default, which is LangSmith itself unless specified.</summary>
    [Parameter]
    [OptionalText(typeof(DatabasePurpose), IsColumn = true)]
    public DatabasePurpose? Purpose { get; set; }

    /// <summary>Return the SQL instead of connecting and running it.</summary>
    [Parameter]
    public SwitchParameter AsScript { get; set; }

    private protected override DatabasePurpose? PurposeOfAll => Purpose;

    private protected override void Process(PgConnectionString connection)
    {
        if (AsScript)
        {
            WriteObject(ExtensionScript.Write(connection));
            return;
        }

        if (LookFor(connection) is not { } input)
        {
            return;
        }

        var missing = ExtensionInstallations.Missing(input.Facts);
        if (missing.Count == 0 || !this.IsConfirmed(() => ShouldProcess(connection.Target, $"Create {string.Join(", ", missing)} in schema {connection.Schema}"), connection.Target))
        {
            WriteObject(ExtensionInstallations.NotTried(input), enumerateCollection: true);
            return;
        }

        Install(connection);
    }

    void Install(PgConnectionString connection)
    {
        var (before, attempts) = Await((say, cancellationToken) =>
            Postgres.Extensions.ExtensionInstall.RunAsync(connection, OptionsFor(connection, say), cancellationToken));
        if (before.Failure is { } failure)
        {
            WriteError(failure.ToErrorRecord(connection.Target));
            return;
        }

        var input = InputOf(connection, before.Facts!);
        var failed = attempts.Any(attempt => attempt.Error is not null);
        var after = failed ? null : LookFor(connection);
        if (!failed && after is null)
        {
            return;
        }

        var installations = ExtensionInstallations.Tried(input, attempts, after);
        WriteObject(installations, enumerateCollection: true);
        if (failed)
        {
            WriteError(ErrorRecords.NotInstalled(connection.Target, attempts.First(attempt => attempt.Error is not null).Error!.Kind, installations));
        }
    }

    ReadinessInput? LookFor(PgConnectionString connection) => FactsOf(connection) is { } facts ? InputOf(connection, facts) : null;
}
