using System.Management.Automation;
using System.Management.Automation.Host;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Ownership;

namespace LangSmithPg.Commands;

/// <summary>
/// Hands over what one role owns in LangSmith's database to another, such as the cloud identity that LangSmith is to log in as: all in
/// one transaction, or none. With -WhatIf it gives the plan alone.
/// </summary>
[Cmdlet(
    VerbsCommon.Set, "LangSmithPgOwner", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(OwnershipTransfer), typeof(OwnershipPlan), typeof(string))]
public sealed class SetLangSmithPgOwnerCommand : ConnectionCmdlet
{
    const int ActivityId = 1;

    /// <summary>Sets the time limit for work that may be long.</summary>
    public SetLangSmithPgOwnerCommand() => TimeoutSeconds = 600;

    /// <summary>The role that owns.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("OldOwner")]
    public string From { get; set; } = "";

    /// <summary>The role that is to own.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("NewOwner")]
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

    /// <summary>Give the SQL that does it, in place of doing it. It is made by looking at the server.</summary>
    [Parameter]
    public SwitchParameter AsScript { get; set; }

    OwnershipRequest Request => new(From, To) { AllSchemas = AllSchemas, BatchSize = BatchSize };

    TimeSpan LockTimeout => TimeSpan.FromSeconds(LockTimeoutSeconds);

    private protected override void Process(PgConnectionString connection)
    {
        var (look, plan) = Await((say, cancellationToken) =>
            Postgres.Transferring.OwnerTransfer.PlanAsync(connection, Request, OptionsFor(connection, say), cancellationToken));
        if (plan is null)
        {
            WriteError(look.Failure!.ToErrorRecord(connection.Target));
            return;
        }

        if (AsScript)
        {
            WriteProblems(plan);
            WriteObject(OwnershipScript.Write(plan, LockTimeout));
            return;
        }

        if (IsWhatIf)
        {
            WriteObject(plan);
            return;
        }

        if (plan.Problems.Count > 0)
        {
            WriteProblems(plan);
            return;
        }

        if (plan.IsEmpty)
        {
            WriteObject(new OwnershipTransfer { Plan = plan, Done = 0, Elapsed = look.Elapsed });
        }
        else if (IsConfirmed(plan))
        {
            Transfer(connection);
        }
    }

    void Transfer(PgConnectionString connection)
    {
        var (look, transfer) = AwaitWith((post, cancellationToken) => Postgres.Transferring.OwnerTransfer.RunAsync(
            connection, Request, LockTimeout, OptionsFor(connection, message => post(() => WriteVerbose(message))),
            (done, total) => post(() => ShowProgress(connection, done, total)), cancellationToken));
        WriteProgress(new(ActivityId, "Changing owners", "Done") { RecordType = ProgressRecordType.Completed });
        if (transfer is null)
        {
            WriteError(look.Failure!.ToErrorRecord(connection.Target));
            return;
        }

        WriteProblems(transfer.Plan);
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

    bool IsConfirmed(OwnershipPlan plan)
    {
        try
        {
            return ShouldProcess(plan.Target, $"Make {To} the owner of {string.Join(", ", plan.Kinds)} that {From} owns");
        }
        catch (Exception exception) when (exception is PSInvalidOperationException or HostException or NotImplementedException or NotSupportedException)
        {
            // Nobody is there to ask.
            WriteError(ErrorRecords.OwnerNotConfirmed(plan.Target));
            return false;
        }
    }

    void WriteProblems(OwnershipPlan plan)
    {
        foreach (var problem in plan.Problems)
        {
            WriteError(problem.ToErrorRecord(plan));
        }
    }

    void ShowProgress(PgConnectionString connection, int done, int total) =>
        WriteProgress(new(ActivityId, "Changing owners", $"{connection.Target}: {done} of {total}") { PercentComplete = (int)(100L * done / total) });
}
