namespace LangSmithPg.Reports.Comparison;

/// <summary>How a finding, or a database, changed between two reports.</summary>
public enum ChangeKind
{
    /// <summary>As it was.</summary>
    Unchanged,

    /// <summary>Closer to what LangSmith needs.</summary>
    Better,

    /// <summary>Only the earlier report has it.</summary>
    Gone,

    /// <summary>It is not known: it was left out of a report, or the database could not be checked.</summary>
    NotCompared,

    /// <summary>Only the later report has it.</summary>
    New,

    /// <summary>Farther from what LangSmith needs.</summary>
    Worse,
}
