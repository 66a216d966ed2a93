using System.ComponentModel;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Npm;

/// <summary>Asks the npm on this machine for a package, so that its registry, proxy and sign-in settings apply.</summary>
static class NpmClient
{
    static readonly string Program = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>Downloads the archive of a package into a folder, and returns its path.</summary>
    internal static async Task<string> PackAsync(NpmPackage package, string folder, CancellationToken cancellationToken)
    {
        // Few and quick retries: without a network the answer should not take minutes.
        var pack = new Command(Program, "pack", package.ToString(), "--pack-destination", folder, "--silent", "--ignore-scripts",
            "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--loglevel=error")
        {
            WorkingFolder = folder,
        };
        CommandResult result;
        try
        {
            result = await pack.RunAsync(cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw new NpmException($"npm cannot be run: {e.Message}", e);
        }
        return result.ExitCode == 0 && Directory.GetFiles(folder, "*.tgz") is [var archive]
            ? archive
            : throw new NpmException($"npm pack {package} failed with exit code {result.ExitCode}: {result.Output}");
    }
}
