using LangSmithPg.Comparisons;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Comparisons;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Comparisons;

/// <summary>Two databases with the same in them, on servers of two versions.</summary>
/// <param name="Reference">The one.</param>
/// <param name="Difference">The other.</param>
sealed record Pair(Tenant Reference, Tenant Difference)
{
    /// <summary>Pairs of versions: those that a move goes from and to, and the same twice.</summary>
    public static readonly TheoryData<int, int> Majors = new() { { 14, 15 }, { 14, 17 }, { 14, 18 }, { 16, 17 }, { 18, 18 } };

    /// <summary>Creates both databases with the same script.</summary>
    public static async Task<Pair> CreateAsync(SharedServers servers, int from, int to, params string[] script)
    {
        var pair = new Pair(await Tenant.CreateAsync(await servers.GetAsync(from)), await Tenant.CreateAsync(await servers.GetAsync(to)));
        foreach (var statement in script)
        {
            await pair.Reference.AskAsync(statement);
            await pair.Difference.AskAsync(statement);
        }

        return pair;
    }

    /// <summary>Compares as the superuser.</summary>
    public async Task<DatabaseComparison> CompareAsync(ComparisonRequest? request = null, Action<ComparisonProgress>? progress = null)
    {
        var (comparison, failed) = await ComparisonRun.RunAsync(
            Connection(Reference), Connection(Difference), request ?? new(), _ => new(), progress ?? (_ => { }), TestContext.Current.CancellationToken);
        Assert.Null(failed?.Failure);
        return comparison!;
    }

    /// <summary>Compares as the role of each.</summary>
    public async Task<(DatabaseComparison? Comparison, ServerObservation? Failed)> CompareAsRolesAsync() => await ComparisonRun.RunAsync(
        PgConnectionString.FromParts(Reference.Parts).Require(), PgConnectionString.FromParts(Difference.Parts).Require(), new(), _ => new(), _ => { },
        TestContext.Current.CancellationToken);

    public static PgConnectionString Connection(Tenant tenant) =>
        PgConnectionString.FromParts(tenant.Server.Parts() with { Database = tenant.Database }).Require();
}
