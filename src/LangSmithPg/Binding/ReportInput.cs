using System.Management.Automation;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;

namespace LangSmithPg.Binding;

/// <summary>What a parameter takes for a readiness report: the object itself, or what is left of it on the way back from another process.</summary>
public sealed class ReportInput
{
    /// <summary>Takes a report.</summary>
    /// <param name="report">The report.</param>
    public ReportInput(ReadinessReport report)
    {
        Report = DatabaseReport.From(report);
        TypeName = nameof(ReadinessReport);
    }

    /// <summary>Takes an object that may be a report.</summary>
    /// <param name="value">The object.</param>
    public ReportInput(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Report = value.BaseObject is ReadinessReport report ? DatabaseReport.From(report) : DeserializedReport.Read(value);
        TypeName = value.TypeNames[0];
    }

    /// <summary>What it says, or null when it is no report.</summary>
    public DatabaseReport? Report { get; }

    /// <summary>What PowerShell calls it.</summary>
    public string TypeName { get; }
}
