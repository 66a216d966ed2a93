namespace LangSmithPg.Files;

/// <summary>A file holds more than anything of its kind does.</summary>
public sealed class FileTooLargeException : IOException
{
    /// <summary>Makes an exception.</summary>
    public FileTooLargeException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">How much is read at most.</param>
    public FileTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">How much is read at most.</param>
    /// <param name="innerException">Its cause.</param>
    public FileTooLargeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
