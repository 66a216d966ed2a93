namespace LangSmithPg.EnvFiles;

/// <summary>A <c>.env</c> file that Docker Compose cannot read either. The message never holds what stands in the file.</summary>
public sealed class EnvFileException : FormatException
{
    internal EnvFileException(string message, int line, string fix)
        : base(message)
    {
        Line = line;
        Fix = fix;
    }

    /// <summary>Line of the problem, from 1.</summary>
    public int Line { get; }

    /// <summary>What to do about it.</summary>
    public string Fix { get; }
}
