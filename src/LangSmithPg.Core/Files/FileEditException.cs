using System.Globalization;

namespace LangSmithPg.Files;

/// <summary>A file that cannot be edited without harm. Nothing is written then. The message never holds what stands in the file.</summary>
public sealed class FileEditException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="message">One sentence that says what is wrong.</param>
    /// <param name="fix">One sentence that says what to do.</param>
    /// <param name="line">Line of the problem, from 1, or null.</param>
    /// <param name="column">Column of the problem, from 1, or null.</param>
    public FileEditException(FileProblemKind kind, string message, string fix, int? line = null, int? column = null)
        : base(line is null ? message : string.Create(CultureInfo.InvariantCulture, $"Line {line}, column {column}: {message}"))
    {
        Kind = kind;
        Fix = fix;
        Line = line;
        Column = column;
    }

    /// <summary>Why.</summary>
    public FileProblemKind Kind { get; }

    /// <summary>What to do.</summary>
    public string Fix { get; }

    /// <summary>Line of the problem, from 1, or null.</summary>
    public int? Line { get; }

    /// <summary>Column of the problem, from 1, or null.</summary>
    public int? Column { get; }
}
