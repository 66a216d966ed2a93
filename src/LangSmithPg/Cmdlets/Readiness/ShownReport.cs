using System.Management.Automation;
using LangSmithPg.Common;
using LangSmithPg.Readiness;

namespace LangSmithPg.Cmdlets.Readiness;

/// <summary>A report as a cmdlet returns it: without what was not asked for, and with the view that was.</summary>
static class ShownReport
{
    /// <summary>The view of every finding.</summary>
    public const string Detailed = "Detailed";

    /// <summary>The view of several reports, as a table.</summary>
    public const string Fleet = "Fleet";

    /// <summary>The report with what is shown of it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="minimum">The least status of a finding that is kept.</param>
    /// <param name="view">The view; null for the usual one.</param>
    public static PSObject Of(ReadinessReport report, FindingStatus minimum, string? view)
    {
        var shown = new PSObject(report with { Findings = report.Findings.Where(finding => finding.Status >= minimum).ToArray() });
        if (view is not null)
        {
            // By an added type name, for which the module's views have another one.
            shown.TypeNames.Insert(0, $"{typeof(ReadinessReport).FullName}#{view}");
        }

        return shown;
    }
}
