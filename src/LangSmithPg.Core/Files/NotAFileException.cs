namespace LangSmithPg.Files;

/// <summary>A path leads to a device, a pipe or a socket where a file is to be read or written.</summary>
public sealed class NotAFileException : IOException
{
    /// <summary>Makes an exception.</summary>
    public NotAFileException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What the path leads to.</param>
    public NotAFileException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What the path leads to.</param>
    /// <param name="innerException">Its cause.</param>
    public NotAFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
