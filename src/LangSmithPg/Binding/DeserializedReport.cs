using System.Collections;
using System.Management.Automation;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;
using LangSmithPg.Servers;

namespace LangSmithPg.Binding;

/// <summary>Reads what PowerShell leaves of a readiness report that comes back from a job or another machine: properties without types.</summary>
static class DeserializedReport
{
    /// <summary>Reads it, or returns null when it is something else or its findings were cut off on the way.</summary>
    public static DatabaseReport? Read(PSObject? value)
    {
        if (value?.TypeNames.Any(name => name == $"Deserialized.{typeof(ReadinessReport).FullName}" || name == $"Deserialized.{typeof(DatabaseReport).FullName}") is not true
            || Text(value, nameof(ReadinessReport.Target)) is not { } target
            || Value(value, nameof(ReadinessReport.Findings)) is not IEnumerable list)
        {
            return null;
        }

        List<Finding?> findings = [.. list.Cast<object>().Select(one => Rehydration.Read<Finding>(PSObject.AsPSObject(one)))];
        // What a preflight found has at the top what the other has below.
        var (connection, facts) = (Child(value, nameof(ReadinessReport.Connection)) ?? value, Child(value, nameof(ReadinessReport.Facts)));
        // Where findings were left out, the verdict is that of all.
        if (findings.Contains(null) || Enumeration<FindingStatus>(value, nameof(ReadinessReport.Status)) is not { } status
            || Value(value, nameof(ReadinessReport.IsReady)) is not bool isReady)
        {
            return null;
        }

        return new()
        {
            Target = target,
            Status = status,
            IsReady = isReady,
            Findings = [.. findings.OfType<Finding>()],
            UserName = Text(connection, "UserName"),
            Schema = Text(connection, "Schema"),
            ServerVersion = Text(Child(facts, nameof(ServerFacts.Server)), nameof(ServerIdentity.ShortVersion)) ?? Text(value, nameof(DatabaseReport.ServerVersion)),
            Provider = Enumeration<ServerProvider>(facts ?? value, nameof(ServerFacts.Provider)),
            Elapsed = Value(value, nameof(ReadinessReport.Elapsed)) is TimeSpan elapsed ? elapsed : default,
        };
    }

    static PSObject? Child(PSObject? value, string name) => value?.Properties[name]?.Value is { } child ? PSObject.AsPSObject(child) : null;

    static object? Value(PSObject? value, string name) => Child(value, name)?.BaseObject;

    static string? Text(PSObject? value, string name) => Value(value, name) as string;

    // An enumeration comes back as a number that remembers its name.
    static T? Enumeration<T>(PSObject? value, string name)
        where T : struct, Enum => Enum.TryParse<T>(Child(value, name)?.ToString(), out var result) && Enum.IsDefined(result) ? result : null;
}
