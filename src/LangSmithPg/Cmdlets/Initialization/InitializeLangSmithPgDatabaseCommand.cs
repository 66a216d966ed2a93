using System.Management.Automation;
using System.Security;
using System.Text;
using LangSmithPg.Binding;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Passwords;
using LangSmithPg.Databases;
using LangSmithPg.Errors;
using LangSmithPg.Findings;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Initialization;
using LangSmithPg.Sql;

namespace LangSmithPg.Cmdlets.Initialization;

/// <summary>Creates the database that LangSmith uses, the role that owns it, and everything in it that only an administrator may create; or what is missing of it.</summary>
[Cmdlet(
    VerbsData.Initialize, "LangSmithPgDatabase", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(PgConnectionString), typeof(string))]
public sealed class InitializeLangSmithPgDatabaseCommand : ConnectionCmdlet
{
    // Of roles that this run has given one: several databases may have one role.
    readonly Dictionary<(string Servers, string Role), Secret> _passwords = [];

    /// <summary>What the databases are for; LangSmith itself by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public DatabasePurpose[] Purpose { get; set; } = [DatabasePurpose.LangSmith];

    /// <summary>Name of the new database, one for each purpose; by default, that of the purpose, such as langsmith. -Database is the one that the administrator connects to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] NewDatabase { get; set; } = [];

    /// <summary>
    /// Name of the role that LangSmith logs in as, one for each purpose or one for all; by default, that of the database with _app. -UserName and
    /// -Credential are the administrator's.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("Role")]
    public string[] RoleName { get; set; } = [];

    /// <summary>Password of the role; a random one of 40 letters and digits by default.</summary>
    [Parameter]
    [SecureText]
    public SecureString? RolePassword { get; set; }

    /// <summary>The cloud provider whose identity logs in as the role, instead of a password. -IamAuthProvider is that of the administrator.</summary>
    [Parameter]
    [OptionalText(typeof(IamAuthProvider), IsColumn = true)]
    public IamAuthProvider? Provider { get; set; }

    /// <summary>Object ID of the identity in Microsoft Entra: not its client ID. Needed where the name is not the identity's own, or not unique.</summary>
    [Parameter]
    [Alias("PrincipalId")]
    [OptionalText(typeof(Guid), IsColumn = true)]
    public Guid? ObjectId { get; set; }

    /// <summary>What the identity of Microsoft Entra is, for -ObjectId; a managed identity or an application by default.</summary>
    [Parameter]
    public EntraPrincipalType PrincipalType { get; set; }

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
        if (Purpose.Contains(DatabasePurpose.Unknown))
        {
            ThrowTerminatingError(ErrorRecords.DatabaseNotSupported(DatabaseNotSupportedException.NoPurpose(), nameof(Purpose)));
        }

        if (InitializationNames.Problem(Purpose, NewDatabase, RoleName) is var (message, fix))
        {
            ThrowTerminatingError(ErrorRecords.NamesDoNotMatch(message, fix));
        }

        // The clouds name these roles themselves.
        if (Provider is LangSmithPg.Connections.IamAuthProvider.Azure or LangSmithPg.Connections.IamAuthProvider.Gcp && RoleName.Length == 0 && Purpose.Any(UsesIdentity))
        {
            ThrowTerminatingError(ErrorRecords.RoleNameMissing(Provider.Value));
        }

        if (NewDatabase.Concat(RoleName).FirstOrDefault(name => Encoding.UTF8.GetByteCount(name) > SqlIdentifier.MaximumBytes) is { } name)
        {
            ThrowTerminatingError(ErrorRecords.InvalidName(new(name, $"The name {VisibleText.Line(name)} is longer than {SqlIdentifier.MaximumBytes} bytes, and PostgreSQL would shorten it.")));
        }
    }

    private protected override void Process(PgConnectionString connection)
    {
        if (Purpose.Length > 1 && Purpose.FirstOrDefault(purpose => DatabaseRequirements.Of(purpose).IsDedicated) is var dedicated and not DatabasePurpose.Unknown)
        {
            WriteWarning($"{string.Join(',', connection.Hosts)}: {dedicated} needs a server without other databases. Run the cmdlet for it with the connection of another server.");
        }

        foreach (var (purpose, database, role) in InitializationNames.Pair(Purpose, NewDatabase, RoleName))
        {
            if (Provider is null || UsesIdentity(purpose))
            {
                Process(connection, purpose, database, role);
                continue;
            }

            // The role of the others is an identity, which has no password.
            var own = RoleName.Length == 1 && Purpose.Length > 1 ? InitializationNames.Role(database) : role;
            WriteWarning($"{string.Join(',', connection.Hosts)}: the chart supports only passwords for {purpose}: role {VisibleText.Of(own)} has a password.");
            Process(connection, purpose, database, own);
        }
    }

    // No version of the chart has a key for the identity of the task database.
    static bool UsesIdentity(DatabasePurpose purpose) => purpose != DatabasePurpose.SmithDbTaskDb;

    void Process(PgConnectionString connection, DatabasePurpose purpose, string database, string role)
    {
        var identity = Provider is { } provider && UsesIdentity(purpose) ? new IamRoleRequest(provider, role) { ObjectId = ObjectId, PrincipalType = PrincipalType } : null;
        var given = identity is null ? ToSecret(RolePassword) ?? _passwords.GetValueOrDefault(KeyOf(connection, role))
            : Purpose.All(UsesIdentity) ? ToSecret(RolePassword)
            : null;
        var result = connection.ForRole(database, role, given, identity?.Provider, purpose);
        if (result.Connection is not { } target)
        {
            foreach (var diagnostic in result.Errors)
            {
                WriteError(diagnostic.ToErrorRecord(connection.Target));
            }

            return;
        }

        var request = new InitializationRequest(database, role, target.Schema) { Purpose = purpose, Identity = identity, ReplacesPassword = Force && !_passwords.ContainsKey(KeyOf(connection, role)) };
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

        if (plan.IdentityProblem is { } reason)
        {
            WriteError(reason.ToErrorRecord(plan.Target));
        }

        if (plan.IsPossible && (plan.IsEmpty || IsConfirmed(plan)))
        {
            Create(connection, target, plan, given ?? (plan.SetsPassword ? GeneratedPassword.Create() : null));
        }
    }

    static (string Servers, string Role) KeyOf(PgConnectionString connection, string role) => (string.Join(',', connection.Hosts), role);

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
            WriteError(ErrorRecords.InitializationRefused(plan, one.Statement, one.Error, done));
        }
        else
        {
            if (password is null && plan.Request.Identity is null)
            {
                WriteWarning($"{plan.Target}: role {VisibleText.Of(plan.Request.RoleName)} exists already and its password was not changed, so the connection does not include it. Specify it with -RolePassword, or set a new one with -Force.");
            }

            if (plan.SetsPassword)
            {
                _passwords[KeyOf(connection, plan.Request.RoleName)] = password!;
            }

            WriteObject(target.WithPassword(password));
        }
    }
}
