using LangSmithPg.CatalogueTool.Facts;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Data;

namespace LangSmithPg.CatalogueTool.History;

/// <summary>The workloads of all versions, each with the variants in which it differs from itself.</summary>
static class WorkloadHistory
{
    public static IReadOnlyList<WorkloadData> Of(IReadOnlyList<ChartFacts> charts, IReadOnlyList<WorkloadData> existing) =>
    [
        .. charts.SelectMany(chart => chart.Workloads).Select(one => one.Path).Distinct()
            .InOrderOf(existing.Select(one => one.Path), path => path)
            .Select(path => One(charts, path) with { InDocs = existing.FirstOrDefault(one => one.Path == path)?.InDocs ?? false }),
    ];

    // What the catalogue has no versions for is as the newest version has it.
    static WorkloadData One(IReadOnlyList<ChartFacts> charts, string path)
    {
        var all = charts.Select(chart => (chart.Version, Workload: chart.Workloads.FirstOrDefault(one => one.Path == path))).ToList();
        var newest = all.Last(one => one.Workload is not null).Workload!;
        return newest with
        {
            Variants = [.. Variants(all.Select(one => (one.Version, one.Workload?.Variants[0])), Facts.Workloads.UsualAccount(path, newest.Kind))],
            AccountLabels = all.Select(one => one.Workload?.AccountLabels).LastOrDefault(labels => labels is not null),
        };
    }

    static IEnumerable<VariantData> Variants(IEnumerable<(ChartVersion Version, VariantData? Variant)> all, string usualAccount)
    {
        VariantData? before = null;
        foreach (var (version, now) in all)
        {
            if (now is null && before is not null)
            {
                yield return new(version, Absent: true);
            }
            else if (now is not null && (before is null || now != before with { From = version }))
            {
                // The usual account, which the chart creates, need not be said.
                yield return Difference(now, before ?? new(version, Account: usualAccount, AccountCreated: true));
            }

            before = now;
        }
    }

    static VariantData Difference(VariantData now, VariantData before) => new(
        now.From,
        now.When == before.When ? null : now.When,
        now.On == before.On ? null : now.On,
        now.Hook == before.Hook ? null : now.Hook,
        now.Account == before.Account ? null : now.Account,
        now.AccountCreated == before.AccountCreated ? null : now.AccountCreated);
}
