using System.Security.Cryptography;

namespace LangSmithPg.Core.Tests.Peers;

/// <summary>npm's pg-connection-string, in the version of package-lock.json.</summary>
static class NodePeer
{
    public sealed record Reading(string? Host, string? Port, string? Database, string? User, string? Password);

    public static List<Reading?> Read(IEnumerable<string> texts)
    {
        var folder = Install();
        var output = JsonLinesProcess.Run("node", ["peer.js"], JsonLinesProcess.Encode(texts), folder);
        if (output is null)
        {
            Peer.Missing("node");
        }

        return JsonLinesProcess.Decode<Reading?>(output);
    }

    static string Install()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "node");
        var files = Directory.GetFiles(source).Order(StringComparer.Ordinal).ToList();
        var hash = Convert.ToHexStringLower(SHA256.HashData([.. files.SelectMany(File.ReadAllBytes)]))[..16];
        var folder = Path.Combine(Path.GetTempPath(), $"langsmithpg-node-{hash}");
        Directory.CreateDirectory(folder);
        foreach (var file in files)
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        string[] install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        var npm = OperatingSystem.IsWindows() ? ("cmd", ["/c", "npm", .. install]) : ("npm", install);
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"))
            && JsonLinesProcess.Run(npm.Item1, npm.Item2, "", folder) is null)
        {
            Peer.Missing("npm's pg-connection-string");
        }

        return folder;
    }
}
