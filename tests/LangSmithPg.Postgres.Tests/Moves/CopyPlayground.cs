using System.Collections.Concurrent;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Moves;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Readiness;

namespace LangSmithPg.Postgres.Tests.Moves;

/// <summary>A source and a target of one test, pg_dump, and everything that a copy says.</summary>
sealed class CopyPlayground(Playground source, Playground target, string tools) : IAsyncDisposable
{
    static readonly Versions Usual = new(14, 15, 15);

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-");

    public Playground Source => source;

    public Playground Target => target;

    /// <summary>Whether to go on where the dump has probably not enough space.</summary>
    public bool Force { get; set; }

    /// <summary>Most time for a connection.</summary>
    public TimeSpan Timeout { get; set; } = new SessionOptions().Timeout;

    /// <summary>The port of the source, where it is not the server's own.</summary>
    public int? SourcePort { get; set; }

    /// <summary>The port of the target, where it is not the server's own.</summary>
    public int? TargetPort { get; set; }

    /// <summary>What was said, in the order in which it came.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    public string WorkPath => Path.Join(_folder.FullName, "work");

    /// <param name="servers">The servers.</param>
    /// <param name="sourceSetUp">What the superuser does in the source, and in the target after that it belongs to its role.</param>
    /// <param name="targetSetUp">The same for the target.</param>
    public static Task<CopyPlayground> CreateAsync(QuietServers servers, string[] sourceSetUp, params string[] targetSetUp) =>
        CreateAsync(servers, Usual, sourceSetUp, targetSetUp);

    /// <summary>The same, between other versions.</summary>
    public static async Task<CopyPlayground> CreateAsync(QuietServers servers, Versions versions, string[] sourceSetUp, params string[] targetSetUp)
    {
        var tools = ClientTools.Folder(versions.Tools);
        var source = await Playground.CreateAsync(await servers.GetAsync(versions.Source), ["ALTER DATABASE {database} OWNER TO {role}", .. sourceSetUp]);
        try
        {
            return new(source, await Playground.CreateAsync(await servers.GetAsync(versions.Target), ["ALTER DATABASE {database} OWNER TO {role}", .. targetSetUp]), tools);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public async Task<ReadinessReport> CheckAsync()
    {
        var (from, to) = await LookAsync();
        return MoveEvaluator.Evaluate(from, to, new(2026, 11, 30));
    }

    /// <summary>Copies as the cmdlet does, without its check.</summary>
    /// <param name="keepsPartial">Whether a target that was filled in part stays so.</param>
    /// <param name="onProgress">Told how far it is.</param>
    /// <param name="workPath">The folder, or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<DatabaseCopy> CopyAsync(bool keepsPartial = false, Action<MoveProgress>? onProgress = null, string? workPath = null, CancellationToken? cancellationToken = null)
    {
        var (from, to) = await LookAsync();
        return await DatabaseCopyRun.RunAsync(
            new(from, new() { Log = Said.Enqueue, Timeout = Timeout }, to, new() { Log = Said.Enqueue, Timeout = Timeout })
            {
                Jobs = 2,
                ToolFolder = tools,
                Force = Force,
                KeepsPartial = keepsPartial,
                WorkPath = workPath,
                OnWarning = Said.Enqueue,
                OnProgress = progress =>
                {
                    Said.Enqueue($"{progress}");
                    onProgress?.Invoke(progress);
                },
            },
            cancellationToken ?? TestContext.Current.CancellationToken);
    }

    /// <summary>What the target holds.</summary>
    public Task<MoveFacts> TargetFactsAsync() => FactsAsync(target);

    /// <summary>Closes the superuser's session in one of both, and waits until the server has ended it.</summary>
    public static async Task LeaveAsync(Playground playground)
    {
        await playground.Superuser.CloseAsync();
        while ((await FactsAsync(playground)).Sessions.Any(session => session.Application != "LangSmithPg"))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await source.DisposeAsync();
        await target.DisposeAsync();
    }

    static async Task<MoveFacts> FactsAsync(Playground playground) => (await MoveCheck.LookAsync(playground.Connection(), new(), TestContext.Current.CancellationToken)).Facts!;

    Task<(MoveLook Source, MoveLook Target)> LookAsync() => MoveCheck.RunAsync(source.Connection(port: SourcePort), new(), target.Connection(port: TargetPort), new(), TestContext.Current.CancellationToken);
}

/// <summary>Major versions of a copy.</summary>
sealed record Versions(int Source, int Target, int Tools);
