namespace LangSmithPg.Core.Tests.Peers;

/// <summary>asyncpg of the python3 that has it: <c>LANGSMITHPG_PYTHON</c> if set, else the one on PATH, else the system's.</summary>
static class PythonPeer
{
    public const string Account = "the-account-it-runs-under";

    public sealed record Reading(
        IReadOnlyList<string> Hosts, string User, string? Password, string Database, string SslMode, IReadOnlyDictionary<string, string> Settings);

    /// <summary>The version of asyncpg, and whether its Python checks brackets as it does since 3.12.9 and 3.13.2.</summary>
    public sealed record About(string Version, bool ChecksBrackets);

    public static (About About, List<Reading?> Readings) Read(IEnumerable<string> texts)
    {
        var input = JsonLinesProcess.Encode(texts);
        var script = Path.Combine(AppContext.BaseDirectory, "Peers", "asyncpg_peer.py");
        var folder = Directory.CreateTempSubdirectory("langsmithpg-");
        try
        {
            foreach (var python in new[] { Environment.GetEnvironmentVariable("LANGSMITHPG_PYTHON"), "python3", "/usr/bin/python3" }.Where(name => !string.IsNullOrEmpty(name)))
            {
                if (JsonLinesProcess.Run(
                    python!, ["-W", "ignore", script], input, folder.FullName, ("HOME", folder.FullName), ("LOGNAME", Account), ("PYTHONIOENCODING", "utf-8")) is { } output)
                {
                    var end = output.IndexOf('\n', StringComparison.Ordinal);
                    return (JsonLinesProcess.Decode<About>(output[..end])[0], JsonLinesProcess.Decode<Reading?>(output[(end + 1)..]));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Peer.Missing("python3 with asyncpg");
        return default;
    }
}
