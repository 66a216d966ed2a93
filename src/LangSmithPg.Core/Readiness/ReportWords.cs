namespace LangSmithPg.Readiness;

/// <summary>How a report of each kind says that all is well, and what it is about.</summary>
static class ReportWords
{
    /// <summary>A word for a good result, such as <c>ready</c>.</summary>
    public static string Good(this ReportKind kind) => kind switch
    {
        ReportKind.Comparison => "equal",
        ReportKind.Health => "healthy",
        _ => "ready",
    };

    /// <summary>A sentence for a good result.</summary>
    public static string GoodSentence(this ReportKind kind) => kind switch
    {
        ReportKind.Comparison => "The databases are equal.",
        ReportKind.Move => "Ready for the move.",
        ReportKind.Health => "Nothing failed.",
        _ => "Ready for helm upgrade.",
    };

    /// <summary>The step that a bad result stands in the way of.</summary>
    public static string NextStep(this ReportKind kind) => kind switch
    {
        ReportKind.Comparison => "the switch to this database",
        ReportKind.Move => "the move",
        ReportKind.Health => "users notice",
        _ => "helm upgrade",
    };
}
