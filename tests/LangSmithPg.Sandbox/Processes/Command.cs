using System.Diagnostics;
using System.Text;

namespace LangSmithPg.Sandbox.Processes;

/// <summary>A program to run to its end.</summary>
sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    // A daemon that inherited the pipes keeps them open: what the command itself said is there long before.
    static readonly TimeSpan OutputGrace = TimeSpan.FromMilliseconds(250);

    internal string? WorkingFolder { get; init; }

    internal string? Input { get; init; }

    /// <summary>Whether the program is one of a server's, which refuse root and must not read the caller's PG variables.</summary>
    internal bool IsServer { get; init; }

    /// <summary>
    /// Whether a cancellation waits for the end: a start that is killed halfway leaves shared memory, or a server that
    /// nobody knows of.
    /// </summary>
    internal bool EndsByItself { get; init; }

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    internal async Task<CommandResult> RunAsync(CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = ToStartInfo() };
        var output = new StringBuilder();
        process.Start();
        var readers = Task.WhenAll(Collect(process.StandardOutput, output), Collect(process.StandardError, output));
        try
        {
            await GiveInputAsync(process, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (EndsByItself)
            {
                process.StandardInput.Close();
                await process.WaitForExitAsync(CancellationToken.None);
            }
            else
                process.Kill(entireProcessTree: true);
            throw;
        }
        await Task.WhenAny(readers, Task.Delay(OutputGrace, CancellationToken.None));
        lock (output)
            return new(process.ExitCode, output.ToString().Trim());
    }

    ProcessStartInfo ToStartInfo()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingFolder ?? "",
        };
        if (!IsServer)
            return start;
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("PG", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        Privileges.Drop(start);
        return start;
    }

    async Task GiveInputAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(Input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything: its exit code and output say why.
        }
    }

    static async Task Collect(StreamReader reader, StringBuilder output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (output)
                output.AppendLine(line);
        }
    }
}
