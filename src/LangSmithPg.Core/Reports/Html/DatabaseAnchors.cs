using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports.Html;

/// <summary>A database at its place on the page, and the names by which links find it and its findings.</summary>
/// <param name="Number">Its place.</param>
/// <param name="Report">The database.</param>
sealed record DatabaseAnchors(int Number, ReadinessReport Report)
{
    public string Anchor => $"d{Number}";

    public string AnchorOf(Finding finding) => $"{Anchor}-f{Report.Findings.ToList().IndexOf(finding)}";
}
