using System.Diagnostics;

namespace LangSmithPg.Core.Tests.Peers;

/// <summary>Chromium without a window, with a profile of its own that is gone afterwards.</summary>
static class Browser
{
    // Starting it is slow on a machine that is busy.
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--enable-logging=stderr",
    ];

    /// <summary>Opens a file. What it prints is the page as it stands; the log has what the page's console says.</summary>
    public static (string Output, string Log) Open(string path, params string[] arguments)
    {
        var program = Peer.Find("chromium", "chromium-browser", "google-chrome");
        var profile = Directory.CreateTempSubdirectory("langsmithpg-browser-");
        try
        {
            return Run(program, [.. Quiet, $"--user-data-dir={profile.FullName}", .. arguments, new Uri(path).AbsoluteUri]);
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    static (string Output, string Log) Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, log) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end.");
        }

        return (output.GetAwaiter().GetResult(), log.GetAwaiter().GetResult());
    }
}
