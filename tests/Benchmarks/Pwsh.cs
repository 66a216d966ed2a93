using System.Diagnostics;

namespace LangSmithPg.Benchmarks;

/// <summary>PowerShell itself, fresh: the .NET tool that <c>dotnet tool restore</c> brings.</summary>
static class Pwsh
{
    /// <summary>What a script writes.</summary>
    public static string Run(string script)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Build.Get("PwshTool"), "-NoProfile", "-NonInteractive", "-Command", script])
        {
            RedirectStandardOutput = true,
            Environment = { ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["POWERSHELL_UPDATECHECK"] = "Off" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"PowerShell failed with {process.ExitCode}.");
    }
}
