using System.Diagnostics;

namespace LangSmithPg.Core.Tests.Faults;

/// <summary>Programs of the system.</summary>
static class Tools
{
    /// <summary>Runs one to its end and gives what it says.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {output}");
        return output.Trim();
    }
}
