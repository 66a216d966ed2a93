using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Peers;
using LangSmithPg.Moves.Job;

namespace LangSmithPg.Postgres.Tests.Moves.Job;

/// <summary>The container that copies, without a cluster: its volumes as folders, and only the variables that its Job sets.</summary>
sealed class CopyPod : IDisposable
{
    const string Marker = "LangSmithPg.Move/1 ";

    readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("langsmithpg-tests-");
    readonly string[] _shell;
    readonly Dictionary<string, string> _environment;

    /// <param name="shell">The shell, as <c>dash</c> or <c>busybox sh</c>.</param>
    /// <param name="source">The database that is copied.</param>
    /// <param name="target">The database that it is copied to.</param>
    /// <param name="tools">Major version of pg_dump.</param>
    public CopyPod(string shell, Tenant source, Tenant target, int tools = 15)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script runs in an image of Linux.");
        var folder = ClientTools.Folder(tools);
        var words = shell.Split(' ');
        _shell = [Peer.Find(words[0]), .. words[1..]];
        foreach (var volume in (string[])["move", "work", "tmp"])
        {
            _root.CreateSubdirectory(volume);
        }

        foreach (var (file, text) in MoveScripts.All)
        {
            File.WriteAllText(Path.Join(_root.FullName, "move", file), text);
        }

        _environment = new()
        {
            ["PATH"] = $"{folder}:/usr/bin:/bin",
            ["HOME"] = "/nonexistent",
            ["TMPDIR"] = Path.Join(_root.FullName, "tmp"),
            ["WORK"] = Work,
            ["SOURCE_HOST"] = source.Server.Host,
            ["SOURCE_PORT"] = $"{source.Server.Port}",
            ["SOURCE_USER"] = source.Role,
            ["SOURCE_PASSWORD"] = Tenant.Password,
            ["SOURCE_DATABASE"] = source.Database,
            // In LangSmith's own form, without a scheme.
            ["TARGET_URL"] = PgConnectionString.FromParts(target.Parts).Require().ToPlainText(),
        };
    }

    /// <summary>The folder of the volume that the dump is written to.</summary>
    public string Work => Path.Join(_root.FullName, "work", "langsmith");

    /// <summary>The folder for temporary files.</summary>
    public string Temporary => Path.Join(_root.FullName, "tmp");

    /// <summary>Runs the script.</summary>
    /// <param name="more">Variables in addition to those of the connections, or in their place.</param>
    /// <param name="onPhase">What to do with the process when a phase has begun.</param>
    public async Task<CopyResult> RunAsync(IReadOnlyDictionary<string, string>? more = null, Func<string, Process, Task>? onPhase = null)
    {
        var start = new ProcessStartInfo(_shell[0], [.. _shell[1..], Path.Join(_root.FullName, "move", MoveScripts.CopyFile)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in _environment.Concat(more ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var watched = WatchAsync(ended.Token);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        List<string> lines = [];
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (onPhase is not null && Read(line) is { Status: "Started" } phase)
            {
                await onPhase(phase.Name, process);
            }
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await ended.CancelAsync();
        return new(process.ExitCode, string.Join('\n', lines) + await errors, [.. lines.Select(Read).OfType<CopyPhase>().Where(phase => phase.Status != "Started")], await watched);
    }

    public void Dispose() => _root.Delete(recursive: true);

    static CopyPhase? Read(string line)
    {
        if (!line.StartsWith(Marker, StringComparison.Ordinal))
        {
            return null;
        }

        using var json = JsonDocument.Parse(line[(Marker.Length + 9)..]);
        var phase = json.RootElement;
        return new(
            phase.GetProperty("phase").GetString()!, phase.GetProperty("status").GetString()!,
            phase.TryGetProperty("message", out var message) ? message.GetString()! : "", phase.TryGetProperty("bytes", out var bytes) ? bytes.GetInt64() : null);
    }

    // What everybody on the node sees.
    static async Task<IReadOnlyCollection<string>> WatchAsync(CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, bool> seen = [];
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                try
                {
                    seen.TryAdd(File.ReadAllText(Path.Join(folder, "cmdline")).Replace('\0', ' '), true);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // It has ended.
                }
            }

            await Task.Delay(20, CancellationToken.None);
        }

        return [.. seen.Keys];
    }
}

/// <summary>A phase that has ended.</summary>
sealed record CopyPhase(string Name, string Status, string Message, long? Bytes);

/// <summary>What a run left.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">All that it wrote.</param>
/// <param name="Phases">The phases that ended.</param>
/// <param name="CommandLines">The command lines of all processes at that time.</param>
sealed record CopyResult(int ExitCode, string Output, IReadOnlyList<CopyPhase> Phases, IReadOnlyCollection<string> CommandLines)
{
    /// <summary>Names and ends of the phases.</summary>
    public string Summary => string.Join(' ', Phases.Select(phase => $"{phase.Name}={phase.Status}"));

    /// <summary>The message of a phase.</summary>
    public string MessageOf(string phase) => Phases.Last(one => one.Name == phase).Message;
}
