using System.Diagnostics;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Tests.Sessions;

/// <summary>
/// PowerShell itself: the program that <c>LANGSMITHPG_PWSH</c> names if set, else the version that the build downloads, so that every
/// machine runs the same, else what is installed.
/// </summary>
static class Pwsh
{
    /// <summary>Skips the test where there is none.</summary>
    /// <param name="script">What it runs.</param>
    /// <param name="folder">Where.</param>
    /// <param name="environment">Variables that it gets.</param>
    /// <param name="within">A command that runs it, or null.</param>
    public static Task<PwshResult> RunAsync(
        string script, string folder, IReadOnlyDictionary<string, string>? environment = null, string[]? within = null) =>
        ToEndAsync(Start(Find(folder), Arguments(script), environment, within ?? []));

    /// <summary>One that the test ends. Skips the test where there is none.</summary>
    public static Process Start(string script, string folder) => Start(Find(folder), Arguments(script), environment: null, within: []);

    /// <summary>The same with arguments of one's own, and as in a container: of this machine's environment, only what leads to .NET is left.</summary>
    public static Task<PwshResult> RunAloneAsync(IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        return ToEndAsync(Start(Alone(Find(folder)), arguments, environment, within: []));
    }

    /// <summary>Another program in the same way.</summary>
    public static Task<PwshResult> RunProgramAsync(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment) =>
        ToEndAsync(Start(
            Alone(new() { FileName = program, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true }), arguments, environment, within: []));

    static ProcessStartInfo Alone(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(name => name != "PATH" && !name.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    static string[] Arguments(string script) => ["-NoProfile", "-NonInteractive", "-Command", script];

    static Process Start(ProcessStartInfo start, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, string[] within)
    {
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        // The last in front comes first.
        foreach (var outer in Enumerable.Reverse(within))
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = outer;
        }

        return Process.Start(start)!;
    }

    static async Task<PwshResult> ToEndAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await errors);
    }

    static ProcessStartInfo Find(string folder)
    {
        var start = new ProcessStartInfo { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        if (Environment.GetEnvironmentVariable("LANGSMITHPG_PWSH") is { Length: > 0 } chosen)
        {
            start.FileName = chosen;
        }
        else if (File.Exists(BuildPaths.Pwsh) && (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? ProgramPath.Find("dotnet")) is { } dotnet)
        {
            start.FileName = dotnet;
            start.ArgumentList.Add(BuildPaths.Pwsh);
        }
        else if (ProgramPath.Find("pwsh") is { } installed)
        {
            start.FileName = installed;
        }
        else
        {
            Assert.Skip($"PowerShell is neither at {BuildPaths.Pwsh}, where the build downloads it for dotnet, nor installed (pwsh).");
        }

        return start;
    }
}

/// <summary>What a run of PowerShell left.</summary>
sealed record PwshResult(int ExitCode, string Output, string Errors);
