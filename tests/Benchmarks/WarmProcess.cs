using System.ComponentModel;
using System.Diagnostics;

namespace LangSmithPg.Benchmarks;

/// <summary>A program of another language that has started and loaded its library: it does its work once for each line, and says so.</summary>
sealed class WarmProcess : IDisposable
{
    readonly Process _process;

    public WarmProcess(string program, params string[] arguments) =>
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>The program, when it is there and does what is asked of it.</summary>
    public static string? Find(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? program : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public async Task RunAsync()
    {
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync();
        if (await _process.StandardOutput.ReadLineAsync() != "done")
        {
            throw new InvalidOperationException($"{_process.StartInfo.FileName} failed.");
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
