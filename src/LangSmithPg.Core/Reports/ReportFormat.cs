namespace LangSmithPg.Reports;

/// <summary>What a report is written as.</summary>
public enum ReportFormat
{
    /// <summary>One self-contained page for people.</summary>
    Html,

    /// <summary>GitHub Flavored Markdown for tickets.</summary>
    Markdown,

    /// <summary>Everything, for programs: see docs/report.schema.json.</summary>
    Json,

    /// <summary>Test results for Azure DevOps, GitLab, Jenkins and their like.</summary>
    JUnit,
}
