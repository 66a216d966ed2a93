namespace LangSmithPg.Core.Tests.Peers;

/// <summary>How asyncpg reads connection strings.</summary>
sealed class PythonPeer
{
    public const string Account = "the-account-it-runs-under";

    readonly Python _python = Python.WithAsyncpg();

    public sealed record Reading(
        IReadOnlyList<string> Hosts, string User, string? Password, string Database, string SslMode, IReadOnlyDictionary<string, string> Settings);

    /// <summary>The version of asyncpg, and whether its Python checks brackets as it does since 3.12.9 and 3.13.2.</summary>
    public sealed record About(string Version, bool ChecksBrackets);

    public (About About, List<Reading?> Readings) Read(IEnumerable<string> texts)
    {
        var output = _python.Run("Peers/asyncpg_peer.py", texts, ("LOGNAME", Account));
        var end = output.IndexOf('\n', StringComparison.Ordinal);
        return (JsonLinesProcess.Decode<About>(output[..end])[0], JsonLinesProcess.Decode<Reading?>(output[(end + 1)..]));
    }
}
