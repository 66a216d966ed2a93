using System.Diagnostics;

namespace LangSmithPg.Tests.Sessions;

/// <summary>PowerShell itself, as an admin has it: installed, or the .NET tool that <c>dotnet tool restore</c> brings.</summary>
static class Pwsh
{
    /// <summary>Skips the test where there is none.</summary>
    public static async Task<PwshResult> RunAsync(
        string script, string folder, IReadOnlyDictionary<string, string>? environment = null, string[]? within = null)
    {
        using var process = Start(script, folder, environment, within);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts one that the test ends. Skips the test where there is none.</summary>
    /// <param name="script">What it runs.</param>
    /// <param name="folder">Where.</param>
    /// <param name="environment">Variables that it gets.</param>
    /// <param name="within">A command that runs it, or null.</param>
    public static Process Start(string script, string folder, IReadOnlyDictionary<string, string>? environment = null, string[]? within = null)
    {
        var start = Find(folder);
        foreach (var argument in (string[])["-NoProfile", "-NonInteractive", "-Command", script])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        if (within is not null)
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = within[0];
            for (var index = 1; index < within.Length; index++)
            {
                start.ArgumentList.Insert(index - 1, within[index]);
            }
        }

        return Process.Start(start)!;
    }

    static ProcessStartInfo Find(string folder)
    {
        var start = new ProcessStartInfo { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        if (Installed() is { } program)
        {
            start.FileName = program;
        }
        else if (File.Exists(BuildPaths.PwshTool))
        {
            start.FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
            start.ArgumentList.Add(BuildPaths.PwshTool);
        }
        else
        {
            Assert.Skip("PowerShell (pwsh) is not installed, nor restored by 'dotnet tool restore'.");
        }

        return start;
    }

    static string? Installed() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
            .FirstOrDefault(File.Exists);
}

/// <summary>What a run of PowerShell left.</summary>
sealed record PwshResult(int ExitCode, string Output, string Errors);
