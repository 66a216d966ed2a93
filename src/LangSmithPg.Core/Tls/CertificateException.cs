namespace LangSmithPg.Tls;

/// <summary>Certificates or a key that cannot be used. The message never holds a secret.</summary>
public sealed class CertificateException : Exception
{
    /// <summary>Makes the exception of what is wrong.</summary>
    /// <param name="problem">The problem.</param>
    public CertificateException(CertificateProblem problem)
        : base(problem.Statement) => Problem = problem;

    internal CertificateException(CertificateProblemKind kind, string source, string message, string fix)
        : this(CertificateProblem.Error(kind, source, message, fix))
    {
    }

    /// <summary>What is wrong.</summary>
    public CertificateProblem Problem { get; }
}
