namespace LangSmithPg.Reports;

/// <summary>What a report is written as.</summary>
public enum ReportFormat
{
    /// <summary>One self-contained page for people.</summary>
    Html,

    /// <summary>GitHub Flavored Markdown for tickets and comments.</summary>
    Markdown,

    /// <summary>Everything, for programs: see docs/report.schema.json.</summary>
    Json,

    /// <summary>Test results for Azure DevOps, GitLab, Jenkins and their like.</summary>
    JUnit,

    /// <summary>A table for spreadsheets and scripts, with a row for each finding.</summary>
    Csv,

    /// <summary>SARIF 2.1.0 for code scanning in GitHub and Azure DevOps, and for editors.</summary>
    Sarif,

    /// <summary>Workflow commands that GitHub Actions turns into annotations when they are printed.</summary>
    GitHubAnnotations,
}
