using System.Collections.Concurrent;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Moves;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Readiness;

namespace LangSmithPg.Postgres.Tests.Moves;

/// <summary>A source and a target of one test, pg_dump, and everything that a copy says.</summary>
sealed class CopyPlayground(Playground source, Playground target) : IAsyncDisposable
{
    const int Tools = 15;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-");

    public Playground Source => source;

    public Playground Target => target;

    /// <summary>What was said, in the order in which it came.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    public string WorkPath => Path.Join(_folder.FullName, "work");

    /// <param name="servers">The servers.</param>
    /// <param name="sourceSetUp">What the superuser does in the source, and in the target after that it belongs to its role.</param>
    /// <param name="targetSetUp">The same for the target.</param>
    public static async Task<CopyPlayground> CreateAsync(QuietServers servers, string[] sourceSetUp, params string[] targetSetUp)
    {
        ClientTools.Folder(Tools);
        var source = await Playground.CreateAsync(await servers.GetAsync(14), ["ALTER DATABASE {database} OWNER TO {role}", .. sourceSetUp]);
        try
        {
            return new(source, await Playground.CreateAsync(await servers.GetAsync(Tools), ["ALTER DATABASE {database} OWNER TO {role}", .. targetSetUp]));
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
            new(from, new() { Log = Said.Enqueue }, to, new() { Log = Said.Enqueue })
            {
                Jobs = 2,
                ToolFolder = ClientTools.Folder(Tools),
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
    public async Task<MoveFacts> TargetFactsAsync() => (await MoveCheck.LookAsync(target.Connection(), new(), TestContext.Current.CancellationToken)).Facts!;

    /// <summary>Closes the superuser's session in the target, and waits until the server has ended it.</summary>
    public async Task LeaveTargetAsync()
    {
        await target.Superuser.CloseAsync();
        while ((await TargetFactsAsync()).Sessions.Any(session => session.Application != "LangSmithPg"))
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

    Task<(MoveLook Source, MoveLook Target)> LookAsync() => MoveCheck.RunAsync(source.Connection(), new(), target.Connection(), new(), TestContext.Current.CancellationToken);
}
