namespace LangSmithPg.Reports.Sarif;

/// <summary>Where a result is, as SARIF and code scanning take it: percent-encoded, with slashes.</summary>
static class ArtifactUri
{
    /// <summary>The address of a file: relative where its path is.</summary>
    /// <param name="path">The path.</param>
    public static string OfFile(string path) => path.Replace('\\', '/') switch
    {
        _ when path.StartsWith('/') => $"file://{Encode(path)}",
        ['/', '/', .. var share] => $"file://{Encode(share)}",
        [>= 'A' and <= 'Z' or >= 'a' and <= 'z', ':', '/', .. var rest] => $"file:///{path[0]}:/{Encode(rest)}",
        var relative => Encode(relative),
    };

    /// <summary>
    /// An address for a database. It names no file of the repository, but code scanning shows only results that have a path within the
    /// repository, and rejects the whole file when a result has an address of another scheme. A path that tells the database keeps the
    /// alerts of several databases apart.
    /// </summary>
    /// <param name="target">The server and database.</param>
    public static string OfDatabase(string target) =>
        string.Join('/', target.Split('/').Select(part => part.Trim('.') is "" ? "_" : Uri.EscapeDataString(part.Replace(':', '_'))));

    static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
