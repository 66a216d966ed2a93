using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Iam.Roles;

namespace LangSmithPg.Cmdlets.Iam;

/// <summary>Creates the role that a cloud identity uses to log in to LangSmith's database, or adds what it is missing.</summary>
[Cmdlet(
    VerbsCommon.New, "LangSmithPgIamRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(IamRole), typeof(string))]
public sealed class NewLangSmithPgIamRoleCommand : ConnectionCmdlet
{
    /// <summary>The cloud provider of the identity.</summary>
    [Parameter(Mandatory = true)]
    [OptionalText(typeof(IamAuthProvider), IsColumn = true)]
    public IamAuthProvider Provider { get; set; }

    /// <summary>The role: on Azure the identity's name; on Google Cloud its e-mail address, without .gserviceaccount.com for a service account.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Role", "IdentityName")]
    public string RoleName { get; set; } = "";

    /// <summary>Object ID of the identity in Microsoft Entra: not its client ID. Needed where the name is not the identity's own, or not unique.</summary>
    [Parameter]
    [Alias("PrincipalId")]
    [OptionalText(typeof(Guid), IsColumn = true)]
    public Guid? ObjectId { get; set; }

    /// <summary>What the identity of Microsoft Entra is, for -ObjectId; a managed identity or an application by default.</summary>
    [Parameter]
    public EntraPrincipalType PrincipalType { get; set; }

    /// <summary>Return the SQL for psql instead of connecting and running it.</summary>
    [Parameter]
    public SwitchParameter AsScript { get; set; }

    private protected override void Process(PgConnectionString connection)
    {
        var request = new IamRoleRequest(Provider, RoleName) { ObjectId = ObjectId, PrincipalType = PrincipalType };
        if (AsScript)
        {
            WriteObject(IamRoleScript.Write(connection, request));
            return;
        }

        var (look, plan) = Await((say, cancellationToken) => Postgres.Iam.IamRoleCreation.PlanAsync(connection, request, OptionsFor(connection, say), cancellationToken));
        if (plan is null)
        {
            WriteError(look.Failure!.ToErrorRecord(connection.Target));
            return;
        }

        foreach (var problem in plan.Problems)
        {
            WriteError(problem.ToErrorRecord(plan.Target));
        }

        if (plan.Problems.Count == 0 && (plan.Steps.Count == 0 || IsConfirmed(plan)))
        {
            Create(connection, plan);
        }
    }

    bool IsConfirmed(IamRolePlan plan)
    {
        var what = $"{plan.Target}:\n{string.Join('\n', plan.Steps.Select(step => $"{step} -- in database {step.Database}"))}";
        return this.IsConfirmed(() => ShouldProcess(what, $"{what}\nContinue?", "Role for a cloud identity"), plan.Target);
    }

    void Create(PgConnectionString connection, IamRolePlan plan)
    {
        var (look, done, refused) = Await((say, cancellationToken) => Postgres.Iam.IamRoleCreation.RunAsync(connection, plan, OptionsFor(connection, say), cancellationToken));
        if (look?.Failure is { } failure)
        {
            if (done.Count > 0)
            {
                WriteWarning($"{plan.Target}: these statements took effect before the error: {string.Join(' ', done)}");
            }

            WriteError(failure.ToErrorRecord(connection.Target));
        }
        else if (refused is { } one)
        {
            WriteError(ErrorRecords.IamRoleRefused(plan.Target, one.Statement, one.Error, done));
        }
        else
        {
            WriteObject(new IamRole(plan.Request.RoleName, plan.Request.Provider, plan.Target, done));
        }
    }
}
