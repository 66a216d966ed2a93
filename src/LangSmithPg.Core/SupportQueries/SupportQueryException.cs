namespace LangSmithPg.SupportQueries;

/// <summary>A script that is not run, or not further.</summary>
/// <param name="kind">Why.</param>
/// <param name="line">The line, or 0 where it is not one line.</param>
/// <param name="message">What is wrong.</param>
/// <param name="fix">What to do.</param>
sealed class SupportQueryException(SupportQueryProblemKind kind, int line, string message, string fix) : Exception(message)
{
    /// <summary>Why.</summary>
    public SupportQueryProblemKind Kind { get; } = kind;

    /// <summary>The line, or 0 where it is not one line.</summary>
    public int Line { get; } = line;

    /// <summary>What to do.</summary>
    public string Fix { get; } = fix;

    /// <summary>The script is not one that psql reads.</summary>
    public static SupportQueryException Invalid(int line, string message) => new(
        SupportQueryProblemKind.ScriptInvalid, line, message, "Correct the file, or get it again from the chart's repository.");
}
