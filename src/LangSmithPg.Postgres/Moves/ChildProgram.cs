using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LangSmithPg.Postgres.Moves;

/// <summary>Runs a program of PostgreSQL, without a shell. Its output is read as it comes; when it is to end, it ends with all that it started.</summary>
static class ChildProgram
{
    // More than a failure needs.
    const int KeptLines = 50;

    static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs it.</summary>
    /// <param name="path">Full path of the program.</param>
    /// <param name="arguments">Its arguments. No secret may be among them: other users see them.</param>
    /// <param name="environment">Variables that it gets; those of libpq that this process has are left out.</param>
    /// <param name="onMessage">Told every line of its messages. Called on any thread.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled, and it has ended.</exception>
    public static async Task<ProgramResult> RunAsync(
        string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Action<string> onMessage, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = StartInfo(path, arguments, environment) };
        process.Start();
        process.StandardInput.Close();
        Queue<string> messages = new();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var reading = ReadMessagesAsync(process.StandardError, messages, onMessage);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            using var limit = new CancellationTokenSource(Grace);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await reading;
        return new(process.ExitCode, await output, [.. messages]);
    }

    static ProcessStartInfo StartInfo(string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // What libpq would take from the admin's machine must not change where the data goes.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        // Messages are read.
        start.Environment.Remove("LANGUAGE");
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    static async Task ReadMessagesAsync(StreamReader reader, Queue<string> messages, Action<string> onMessage)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            messages.Enqueue(line);
            if (messages.Count > KeptLines)
            {
                messages.Dequeue();
            }

            onMessage(line);
        }
    }

    static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile.
        }
    }
}
