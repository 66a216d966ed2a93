namespace LangSmithPg.Kubernetes;

/// <summary>A name that Kubernetes, Helm or the chart does not take.</summary>
public sealed class InvalidNameException : ArgumentException
{
    /// <summary>Says which name, and why.</summary>
    /// <param name="name">The name.</param>
    /// <param name="message">What is wrong with it.</param>
    public InvalidNameException(string? name, string message)
        : base(message) => Name = name;

    /// <summary>The name.</summary>
    public string? Name { get; }
}
