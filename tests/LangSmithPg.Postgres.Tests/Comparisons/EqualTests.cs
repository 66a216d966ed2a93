using LangSmithPg.Common;
using LangSmithPg.Comparisons;

namespace LangSmithPg.Postgres.Tests.Comparisons;

/// <summary>Two databases with the same in them are equal, whatever the versions.</summary>
public sealed class EqualTests(SharedServers servers)
{
    [Theory]
    [MemberData(nameof(Pair.Majors), MemberType = typeof(Pair))]
    public async Task Nothing_differs_where_there_is_no_difference(int from, int to)
    {
        var pair = await Pair.CreateAsync(servers, from, to, Everything.Script);

        var comparison = await pair.CompareAsync();

        Assert.Equal([], comparison.DifferentTables.Select(table => table.ToString()));
        // What a version brings: extensions of its own, and since PostgreSQL 15 a schema public in which not everybody may create.
        Assert.Equal([], comparison.Objects.Where(one => !(
            from != to && one is { Kind: ObjectKind.Extension, Property: "version", Status: FindingStatus.Warning }
                or { Kind: ObjectKind.Schema, Name: "public", Property: "grants", Status: FindingStatus.Warning })).Select(one => one.ToString()));
        Assert.True(comparison.IsEqual);
        Assert.Equal("equal", comparison.Verdict);
        Assert.Equal(
            [
                "\"Odd \"\"schema\".\"Odd \"\"table\": 50 rows, equal", "public.base: 1 row, equal", "public.child: 1 row, equal", "public.counted: 2 rows, equal",
                "public.every_type: 1,016 rows, equal", "public.nothing: 0 rows, equal", "public.parts: 5,000 rows, equal", "public.unlogged: 0 rows, equal", "public.without_key: 300 rows, equal",
            ],
            comparison.Tables.Select(table => table.ToString()).Order(StringComparer.Ordinal));
        Assert.All(comparison.Findings, finding => Assert.NotEqual(FindingStatus.Fail, finding.Status));
        Assert.InRange(comparison.ObjectCount, 100, 300);
    }
}
