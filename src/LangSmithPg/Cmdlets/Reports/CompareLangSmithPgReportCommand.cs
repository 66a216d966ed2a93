using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Comparisons;
using LangSmithPg.Errors;
using LangSmithPg.Readiness;
using LangSmithPg.Releases;
using LangSmithPg.Reports;
using LangSmithPg.Reports.Comparison;

namespace LangSmithPg.Cmdlets.Reports;

/// <summary>Compares reports of the same databases from two times: what is worse, new, better and gone.</summary>
[Cmdlet(VerbsData.Compare, "LangSmithPgReport")]
[OutputType(typeof(ReportComparison))]
public sealed class CompareLangSmithPgReportCommand : LangSmithCmdlet
{
    readonly List<ReadinessReport> _earlier = [];
    readonly List<ReadinessReport> _later = [];
    readonly List<DateTimeOffset> _earlierTimes = [];
    readonly List<DateTimeOffset> _laterTimes = [];
    bool _hasUntimed;

    /// <summary>The earlier reports: files that Export-LangSmithPgReport wrote as JSON, or reports of Test-LangSmithPgReadiness, Test-LangSmithPgHealth or Test-LangSmithPgRelease.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ReferenceObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Reference { get; set; }

    /// <summary>The later reports: reports of Test-LangSmithPgReadiness, Test-LangSmithPgHealth, Test-LangSmithPgRelease or Receive-LangSmithPgPreflight, or files that Export-LangSmithPgReport wrote as JSON.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("DifferenceObject")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Difference { get; set; }

    /// <summary>Also list the findings that did not change, and those that passed and are in one report only.</summary>
    [Parameter]
    public SwitchParameter IncludeUnchanged { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        foreach (var input in Reference ?? [null])
        {
            _hasUntimed |= Add(input, _earlier, _earlierTimes);
        }

        Require(_earlier, "earlier", nameof(Reference));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var input in Difference ?? [null])
        {
            Add(input, _later, _laterTimes);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Require(_later, "later", nameof(Difference));
        WarnOfRepeated(_earlier, "earlier");
        WarnOfRepeated(_later, "later");
        DateTimeOffset? since = _hasUntimed ? null : _earlierTimes.Min();
        if (since is { } time && _laterTimes.Count > 0 && _laterTimes.Max() < time)
        {
            WriteWarning($"The report of -Difference ({Prose.Utc(_laterTimes.Max())}) was written before that of -Reference ({Prose.Utc(time)}).");
        }

        WriteObject(FleetComparer.Compare(_earlier, _later, since, IncludeUnchanged));
    }

    // Nothing is skipped: a comparison that lacks a database would read as if it had not changed. Returns whether the time is not known.
    bool Add(PSObject? input, List<ReadinessReport> reports, List<DateTimeOffset> times)
    {
        if ((input?.BaseObject as ReadinessReport ?? DeserializedReport.Read(input)) is { } report)
        {
            reports.Add(report);
            return true;
        }

        if ((input?.BaseObject as DatabaseComparison ?? Rehydration.Read<DatabaseComparison>(input)) is { } comparison)
        {
            reports.Add(comparison.ToReport());
            return true;
        }

        if ((input?.BaseObject as ReleaseReport ?? Rehydration.Read<ReleaseReport>(input)) is { } release)
        {
            reports.AddRange(release.Databases);
            return true;
        }

        if (PathOf(input) is not { } path)
        {
            ThrowTerminatingError(ErrorRecords.NotComparable(input?.TypeNames[0] ?? "null"));
            return true;
        }

        foreach (var file in this.Resolve(path))
        {
            var fleet = this.ReadReport(file);
            WriteVerbose($"{file}: {fleet.Databases.Count} database{(fleet.Databases.Count == 1 ? "" : "s")}, written {Prose.Utc(fleet.GeneratedAt)}.");
            reports.AddRange(fleet.Databases);
            times.Add(fleet.GeneratedAt);
        }

        return false;
    }

    static string? PathOf(PSObject? input) => input?.BaseObject switch
    {
        string { Length: > 0 } text => text,
        FileInfo file => WildcardPattern.Escape(file.FullName),
        _ => null,
    };

    void Require(List<ReadinessReport> reports, string which, string parameter)
    {
        if (reports.Count == 0)
        {
            ThrowTerminatingError(ErrorRecords.NothingToCompare(which, parameter));
        }
    }

    void WarnOfRepeated(List<ReadinessReport> reports, string which)
    {
        foreach (var database in DatabasePair.Repeated(reports))
        {
            WriteWarning($"{database.Target}: the {which} reports contain this database more than once. The last one is compared.");
        }
    }
}
