using LangSmithPg.Sandbox.Npm;

namespace LangSmithPg.Core.Tests.Peers;

/// <summary>How npm's pg-connection-string, in the version that the sandbox pins, reads connection strings.</summary>
sealed class NodePeer
{
    readonly string _node;
    readonly string _package;

    NodePeer(string node, string package) => (_node, _package) = (node, package);

    public sealed record Reading(string? Host, string? Port, string? Database, string? User, string? Password);

    /// <summary>Finds Node.js and the package, or skips the test.</summary>
    public static async Task<NodePeer> FindAsync()
    {
        var node = Peer.Find("node");
        try
        {
            return new(node, await NpmPackageCache.GetAsync(NpmLock.Find("pg-connection-string")!, _ => { }, TestContext.Current.CancellationToken));
        }
        catch (NpmException e)
        {
            Peer.Missing($"npm's pg-connection-string ({e.Message})");
            throw;
        }
    }

    public List<Reading?> Read(IEnumerable<string> texts) => JsonLinesProcess.Decode<Reading?>(
        JsonLinesProcess.Run(_node, ["peer.js", _package], JsonLinesProcess.Encode(texts), Path.Combine(AppContext.BaseDirectory, "Peers"))
        ?? throw new InvalidOperationException("peer.js failed."));
}
