namespace LangSmithPg.Readiness;

/// <summary>What the findings of a report are about.</summary>
public enum ReportKind
{
    /// <summary>Whether a database is ready for LangSmith.</summary>
    Readiness,

    /// <summary>Whether a database has the same as another one.</summary>
    Comparison,

    /// <summary>Whether the data of one database can be moved to another one.</summary>
    Move,

    /// <summary>Whether a running server and its database are well.</summary>
    Health,
}
