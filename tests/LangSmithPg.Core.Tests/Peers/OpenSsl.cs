using System.Diagnostics;

namespace LangSmithPg.Core.Tests.Peers;

/// <summary>The real OpenSSL, which libpq and Python read certificates with.</summary>
static class OpenSsl
{
    /// <summary>Runs a command that must succeed, and gives what it says.</summary>
    public static string Run(params string[] arguments)
    {
        var (exitCode, output) = Try(arguments);
        Assert.True(exitCode == 0, $"openssl {string.Join(' ', arguments)}: {output}");
        return output;
    }

    public static (int ExitCode, string Output) Try(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Peer.Find("openssl"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
