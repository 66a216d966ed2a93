using System.Collections;
using System.Management.Automation;
using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Binding;

/// <summary>
/// Reads what PowerShell leaves of a readiness report that comes back from a job or another machine. Unlike other objects of this module
/// it is read without its connection and facts.
/// </summary>
static class DeserializedReport
{
    /// <summary>Reads it, or returns null when it is something else or its findings were cut off on the way.</summary>
    public static ReadinessReport? Read(PSObject? value)
    {
        // Where findings were left out, the verdict is that of all.
        if (value?.TypeNames.Contains($"Deserialized.{typeof(ReadinessReport).FullName}") is not true
            || Text(value, nameof(ReadinessReport.Target)) is not { } target
            || Value(value, nameof(ReadinessReport.Findings)) is not IEnumerable list
            || Enumeration<FindingStatus>(value, nameof(ReadinessReport.Status)) is not { } status
            || Value(value, nameof(ReadinessReport.IsReady)) is not bool isReady)
        {
            return null;
        }

        List<Finding?> findings = [.. list.Cast<object>().Select(one => Rehydration.Read<Finding>(PSObject.AsPSObject(one)))];
        return findings.Contains(null)
            ? null
            : new()
            {
                Target = target,
                Status = status,
                IsReady = isReady,
                Counts = Counts(value, findings.OfType<Finding>()),
                Findings = findings.OfType<Finding>().ToArray(),
                UserName = Text(value, nameof(ReadinessReport.UserName)),
                Schema = Text(value, nameof(ReadinessReport.Schema)),
                Kind = Enumeration<ReportKind>(value, nameof(ReadinessReport.Kind)) ?? ReportKind.Readiness,
                Purpose = Enumeration<DatabasePurpose>(value, nameof(ReadinessReport.Purpose)) ?? DatabasePurpose.LangSmith,
                ServerVersion = Text(value, nameof(ReadinessReport.ServerVersion)),
                Provider = Enumeration<ServerProvider>(value, nameof(ReadinessReport.Provider)),
                Figures = Rehydration.Read<DatabaseFigures>(value.Properties[nameof(ReadinessReport.Figures)]?.Value is { } figures ? PSObject.AsPSObject(figures) : null),
                Elapsed = Value(value, nameof(ReadinessReport.Elapsed)) is TimeSpan elapsed ? elapsed : default,
            };
    }

    // Also of those that were left out. In a report of an older version, what does not apply has no count.
    static StatusCounts Counts(PSObject value, IEnumerable<Finding> findings) => new(
        Number(value, nameof(ReadinessReport.FailCount)), Number(value, nameof(ReadinessReport.WarningCount)), Number(value, nameof(ReadinessReport.UnknownCount)),
        Number(value, nameof(ReadinessReport.PassCount)),
        Value(value, nameof(ReadinessReport.NotApplicableCount)) as int? ?? findings.Count(finding => finding.Status == FindingStatus.NotApplicable),
        Number(value, nameof(ReadinessReport.AcceptedCount)));

    static int Number(PSObject value, string name) => Value(value, name) is int number ? number : 0;

    static object? Value(PSObject value, string name) => value.Properties[name]?.Value is { } child ? PSObject.AsPSObject(child).BaseObject : null;

    static string? Text(PSObject value, string name) => Value(value, name) as string;

    // An enumeration comes back as a number that remembers its name.
    static T? Enumeration<T>(PSObject value, string name)
        where T : struct, Enum => Enum.TryParse<T>(value.Properties[name]?.Value?.ToString(), out var result) && Enum.IsDefined(result) ? result : null;
}
