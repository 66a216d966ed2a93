using System.Diagnostics;

namespace LangSmithPg.Tests.Sessions;

/// <summary>PowerShell itself, as an admin has it: installed, or the .NET tool that <c>dotnet tool restore</c> brings.</summary>
static class Pwsh
{
    /// <summary>Skips the test where there is none.</summary>
    public static Task<PwshResult> RunAsync(string script, string folder, IReadOnlyDictionary<string, string>? environment = null) =>
        StartAsync(Find(folder), ["-NoProfile", "-NonInteractive", "-Command", script], environment);

    /// <summary>The same with arguments of one's own, and as in a container: of this machine's environment, only what leads to .NET is left.</summary>
    public static Task<PwshResult> RunAloneAsync(IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = Find(folder);
        foreach (var name in start.Environment.Keys.Where(name => name != "PATH" && !name.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return StartAsync(start, arguments, environment);
    }

    static async Task<PwshResult> StartAsync(ProcessStartInfo start, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await errors);
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
