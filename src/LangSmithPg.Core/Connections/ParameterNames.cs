namespace LangSmithPg.Connections;

/// <summary>Names of parameters, and what <see cref="KnownParameters"/> says of them.</summary>
static class ParameterNames
{
    /// <summary>TLS mode.</summary>
    public const string SslMode = "sslmode";

    /// <summary>File with trusted authorities, or <see cref="SystemRoots"/>.</summary>
    public const string SslRootCert = "sslrootcert";

    /// <summary>The value of <see cref="SslRootCert"/> that means the authorities which the system trusts.</summary>
    public const string SystemRoots = "system";

    // How certificates are verified, and the files that they lie in.
    internal static bool IsAboutCertificates(string name) => name is SslMode or SslRootCert or "sslcert" or "sslkey" or "sslpassword";

    // What one role logs in with, besides its password.
    internal static bool IsOfRole(string name) => name is "sslcert" or "sslcertmode" or "sslkey" or "passfile" || IsSecret(name);

    // Files on the machine of whoever connects.
    internal static bool NamesFile(string name) => KnownParameters.Find(name) is { NamesFile: true };

    /// <summary>Whether libpq knows the parameter; drivers send any other name to the server as a setting.</summary>
    /// <param name="name">The name, in lower case.</param>
    public static bool IsKnown(string name) => KnownParameters.Find(name) is not null;

    /// <summary>Whether the value of the parameter must never be shown.</summary>
    /// <param name="name">The name, in lower case.</param>
    public static bool IsSecret(string name) => KnownParameters.Find(name) is { IsSecret: true };
}
