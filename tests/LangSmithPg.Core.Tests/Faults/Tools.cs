using System.Diagnostics;

namespace LangSmithPg.Core.Tests.Faults;

/// <summary>Programs of the system.</summary>
static class Tools
{
    // In a container root may be without it.
    static readonly Lazy<bool> MayMount = new(() => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
        && Try("unshare", "--mount", "mount", "-t", "tmpfs", "langsmithpg-test", Path.GetTempPath()).ExitCode == 0);

    /// <summary>Skips the test where file systems cannot be mounted.</summary>
    public static void RequireMounts() => Assert.SkipUnless(MayMount.Value, "Only root on Linux can mount, and in a container not even root.");

    /// <summary>Runs one to its end and gives what it says.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var (exitCode, output) = Try(program, arguments);
        Assert.True(exitCode == 0, $"{program} ended with {exitCode}: {output}");
        return output;
    }

    static (int ExitCode, string Output) Try(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, (output + errors.GetAwaiter().GetResult()).Trim());
    }
}
