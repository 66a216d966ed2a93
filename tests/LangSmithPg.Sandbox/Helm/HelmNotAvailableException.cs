namespace LangSmithPg.Sandbox.Helm;

/// <summary>Helm and kubectl cannot be had on this machine. The message says why.</summary>
public sealed class HelmNotAvailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">What failed, or null.</param>
    public HelmNotAvailableException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
