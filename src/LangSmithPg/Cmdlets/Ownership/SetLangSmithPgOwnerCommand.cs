using System.Management.Automation;
using LangSmithPg.Completion;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Ownership;

namespace LangSmithPg.Cmdlets.Ownership;

/// <summary>
/// Hands over what one role owns in LangSmith's database to another, such as the cloud identity that LangSmith is to log in as: all in
/// one transaction, or none. With -WhatIf it gives the plan alone. It asks before it changes anything; where nobody is there to be asked,
/// -Confirm:$false is the answer.
/// </summary>
[Cmdlet(
    VerbsCommon.Set, "LangSmithPgOwner", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(OwnershipTransfer), typeof(OwnershipPlan), typeof(string))]
public sealed class SetLangSmithPgOwnerCommand : ConnectionCmdlet
{
    const int ActivityId = 1;
    const string Activity = "Changing ownership";

    /// <summary>The role that owns.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("OldOwner")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string From { get; set; } = "";

    /// <summary>The role that is to own.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("NewOwner")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string To { get; set; } = "";

    /// <summary>Move objects in other schemas of the database too.</summary>
    [Parameter]
    public SwitchParameter AllSchemas { get; set; }

    /// <summary>
    /// Most statements in one transaction, where the server has no room for the locks of all. Each transaction is all or nothing; run it
    /// again where one fails.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? BatchSize { get; set; }

    /// <summary>Most time that each statement waits for a lock, in seconds. While it waits, others wait behind it.</summary>
    [Parameter]
    [ValidateRange(0.001, 3600)]
    public double LockTimeoutSeconds { get; set; } = 2;

    /// <summary>Most time for the transfer itself, in seconds; -TimeoutSeconds is for the plan.</summary>
    [Parameter]
    [ValidateRange(0.1, 86_400)]
    public double TransferTimeoutSeconds { get; set; } = 600;

    /// <summary>Give the SQL that does it, in place of doing it. It is made by looking at the server.</summary>
    [Parameter]
    public SwitchParameter AsScript { get; set; }

    TimeSpan LockTimeout => TimeSpan.FromSeconds(LockTimeoutSeconds);

    private protected override void Process(PgConnectionString connection)
    {
        if (PlanFor(connection) is not { } plan)
        {
            return;
        }

        if (AsScript && plan.Problems.All(problem => problem.IsSolvedElsewhere))
        {
            WriteObject(OwnershipScript.Write(plan, LockTimeout));
        }
        else if (IsWhatIf && !AsScript)
        {
            WriteObject(plan);
        }
        else if (plan.Problems.Count > 0)
        {
            foreach (var problem in plan.Problems)
            {
                WriteError(problem.ToErrorRecord(plan));
            }
        }
        else if (plan.IsEmpty)
        {
            WriteObject(new OwnershipTransfer { Plan = plan, Done = 0, Elapsed = TimeSpan.Zero });
        }
        else if (IsConfirmed(plan))
        {
            Transfer(connection, plan);
        }
    }

    OwnershipPlan? PlanFor(PgConnectionString connection)
    {
        var request = new OwnershipRequest(From, To) { AllSchemas = AllSchemas, BatchSize = BatchSize };
        var (look, plan) = Await((say, cancellationToken) =>
            Postgres.Ownership.OwnerTransfer.PlanAsync(connection, request, OptionsFor(connection, say), cancellationToken));
        if (plan is null)
        {
            WriteError(look.Failure!.ToErrorRecord(connection.Target));
        }

        return plan;
    }

    void Transfer(PgConnectionString connection, OwnershipPlan plan)
    {
        var (look, transfer) = AwaitWith((post, cancellationToken) => Postgres.Ownership.OwnerTransfer.RunAsync(
            connection, plan, LockTimeout,
            OptionsFor(connection, message => post(() => WriteVerbose(message))) with { Timeout = TimeSpan.FromSeconds(TransferTimeoutSeconds) },
            done => post(() => ShowProgress(plan, done)), cancellationToken));
        WriteProgress(new(ActivityId, Activity, plan.Target) { RecordType = ProgressRecordType.Completed });
        if (transfer is null)
        {
            WriteError(look.Failure!.ToErrorRecord(connection.Target));
            return;
        }

        WriteObject(transfer);
        if (transfer.Error is { } error)
        {
            WriteError(ErrorRecords.NotTransferred(transfer, error));
        }
    }

    // WhatIf is not asked through ShouldProcess: its line would say less than the plan.
    bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? given is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    bool IsConfirmed(OwnershipPlan plan) => this.IsConfirmed(
        () => ShouldProcess(plan.Target, $"Change the owner of the objects of {From} to {To}: {string.Join(", ", plan.Kinds)}"), plan.Target);

    void ShowProgress(OwnershipPlan plan, int done) => WriteProgress(
        new(ActivityId, Activity, $"{plan.Target}: {done} of {plan.Steps.Count} statements") { PercentComplete = (int)(100L * done / plan.Steps.Count) });
}
