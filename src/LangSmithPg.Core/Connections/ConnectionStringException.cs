namespace LangSmithPg.Connections;

/// <summary>A connection that cannot be used. The message never holds a secret.</summary>
public sealed class ConnectionStringException : FormatException
{
    /// <summary>Makes the exception of what is wrong.</summary>
    /// <param name="errors">The errors, at least one.</param>
    public ConnectionStringException(IReadOnlyList<ConnectionDiagnostic> errors)
        : base(string.Join(' ', errors.Select(error => error.Statement))) => Errors = errors;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<ConnectionDiagnostic> Errors { get; }
}
