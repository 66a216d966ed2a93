using System.Management.Automation;
using System.Security;
using System.Text;
using LangSmithPg.Binding;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Passwords;
using LangSmithPg.Errors;
using LangSmithPg.Initialization;
using LangSmithPg.Sql;

namespace LangSmithPg.Cmdlets.Initialization;

/// <summary>Creates the database that LangSmith uses, the role that owns it, and everything in it that only an administrator may create; or what is missing of it.</summary>
[Cmdlet(
    VerbsData.Initialize, "LangSmithPgDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(PgConnectionString), typeof(string))]
public sealed class InitializeLangSmithPgDatabaseCommand : ConnectionCmdlet
{
    /// <summary>Name of LangSmith's database. -Database is the one that the administrator connects to.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string NewDatabase { get; set; } = "";

    /// <summary>Name of the role that LangSmith logs in as. -UserName and -Credential are the administrator's.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Role")]
    public string RoleName { get; set; } = "";

    /// <summary>Password of the role; a random one of 40 letters and digits by default.</summary>
    [Parameter]
    [SecureText]
    public SecureString? RolePassword { get; set; }

    /// <summary>Set the password of a role that exists already; it is kept by default.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Return the SQL for psql instead of connecting and running it. It contains no password.</summary>
    [Parameter]
    public SwitchParameter AsScript { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (new[] { NewDatabase, RoleName }.FirstOrDefault(name => Encoding.UTF8.GetByteCount(name) > SqlIdentifier.MaximumBytes) is { } name)
        {
            ThrowTerminatingError(ErrorRecords.InvalidName(new(name, $"The name {VisibleText.Line(name)} is longer than {SqlIdentifier.MaximumBytes} bytes, and PostgreSQL would shorten it.")));
        }
    }

    private protected override void Process(PgConnectionString connection)
    {
        var given = ToSecret(RolePassword);
        var result = connection.ForRole(NewDatabase, RoleName, given);
        if (result.Connection is not { } target)
        {
            foreach (var diagnostic in result.Errors)
            {
                WriteError(diagnostic.ToErrorRecord(connection.Target));
            }

            return;
        }

        var request = new InitializationRequest(NewDatabase, RoleName, connection.Schema) { ReplacesPassword = Force };
        if (AsScript)
        {
            WriteObject(InitializationScript.Write(target, request));
            return;
        }

        var (look, plan) = Await((say, cancellationToken) =>
            Postgres.Initialization.DatabaseInitialization.PlanAsync(connection, target, request, OptionsFor(connection, say), cancellationToken));
        if (plan is null)
        {
            WriteError(look.Failure!.ToErrorRecord(connection.Target));
            return;
        }

        foreach (var problem in plan.Problems)
        {
            WriteError(problem.ToErrorRecord(plan.Target));
        }

        if (plan.Problems.Count == 0 && (plan.IsEmpty || IsConfirmed(plan)))
        {
            Create(connection, target, plan, given ?? (plan.SetsPassword ? GeneratedPassword.Create() : null));
        }
    }

    bool IsConfirmed(InitializationPlan plan)
    {
        var what = $"{plan.Target}:\n{string.Join('\n', plan.All)}";
        return this.IsConfirmed(() => ShouldProcess(what, $"{what}\nContinue?", "Database for LangSmith"), plan.Target);
    }

    void Create(PgConnectionString connection, PgConnectionString target, InitializationPlan plan, Secret? password)
    {
        var (look, done, refused) = Await((say, cancellationToken) =>
            Postgres.Initialization.DatabaseInitialization.RunAsync(connection, plan, password, OptionsFor(connection, say), cancellationToken));
        if (look?.Failure is { } failure)
        {
            if (done.Count > 0)
            {
                WriteWarning($"{plan.Target}: these statements took effect before the error: {string.Join(' ', done)}");
            }

            WriteError(failure.ToErrorRecord(plan.Target));
        }
        else if (refused is { } one)
        {
            WriteError(ErrorRecords.InitializationRefused(plan.Target, one.Statement, one.Error, isCreated: done.Count > 0));
        }
        else
        {
            if (password is null)
            {
                WriteWarning($"{plan.Target}: role {VisibleText.Of(RoleName)} exists already and its password was not changed, so the connection does not include it. Specify it with -RolePassword, or set a new one with -Force.");
            }

            WriteObject(target.WithPassword(password));
        }
    }
}
