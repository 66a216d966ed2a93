using System.Globalization;
using System.Text.Json;
using LangSmithPg.Common;

namespace LangSmithPg.Charts.Data;

/// <summary>Reads the catalogue's file and cuts it into ranges in which nothing differs.</summary>
static class CatalogueReader
{
    public static IReadOnlyList<ChartRelease> Read()
    {
        using var stream = typeof(CatalogueReader).Assembly.GetManifestResourceStream("catalogue.json")!;
        var data = JsonSerializer.Deserialize(stream, CatalogueJsonContext.Default.CatalogueData)!;
        List<ChartVersion> versions = [.. data.Versions.SelectMany(Expand)];
        var workloads = data.Workloads.Select(workload => (Data: workload, Variants: Complete(workload.Variants))).ToList();
        List<ChartVersion> starts = [.. Changes(data).Distinct().Order()];
        return [.. starts.Select((start, index) => Release(start, index + 1 < starts.Count ? starts[index + 1] : null))];

        ChartRelease Release(ChartVersion start, ChartVersion? next)
        {
            List<ChartVersion> within = [.. versions.Where(version => start <= version && (next is null || version < next))];
            return new()
            {
                From = start,
                To = within[^1],
                Versions = within,
                Features = data.Features.Where(feature => feature.Value <= start).Select(feature => feature.Key).ToHashSet(),
                Workloads =
                [
                    .. from workload in workloads
                       let variant = workload.Variants.LastOrDefault(one => one.From <= start)
                       where variant is { Absent: false }
                       select Component(workload.Data, variant, data.Features[ChartFeature.ClientCertificate] <= start),
                ],
                OtherDatabases =
                [
                    .. data.OtherDatabases.Where(one => one.Holds(start)).Select(one => new ChartDatabase(
                        ValuesPath.Of(one.Name), one.Variable, IsReached(one.OnFrom, start), IsReached(one.IamFrom, start) ? one.IamKey : null, one.When is { } when ? Condition.Parse(when) : null)),
                ],
                OtherPostgresPods = [.. data.OtherPostgresPods.Where(one => one.Holds(start)).Select(one => new ChartPod(one.Name, one.Variables))],
                PodsWithoutConnection = Names(data.PodsWithoutConnection, start),
                OffByDefault = Names(data.OffByDefault, start),
                RequiredToRender = Names(data.RequiredToRender, start),
                BrokenOptions = Names(data.BrokenOptions, start),
                Refusals = data.RefusedKeys.Where(one => one.Holds(start)).SelectMany(one => one.Expand()).ToArray(),
                Flags = Names(data.Flags, start).Select(ValuesPath.Of).ToArray(),
            };
        }
    }

    static bool IsReached(ChartVersion? first, ChartVersion version) => first is not null && first <= version;

    /// <summary>The versions of a range: <c>0.12.20..37</c> stands for 0.12.20, 0.12.21 and so on.</summary>
    /// <param name="text">The range, or one version.</param>
    internal static IEnumerable<ChartVersion> Expand(string text)
    {
        var ends = text.Split("..");
        if (ends.Length == 1)
        {
            return [ChartVersion.Parse(text)];
        }

        var dot = ends[0].LastIndexOf('.') + 1;
        var first = int.Parse(ends[0].AsSpan(dot), CultureInfo.InvariantCulture);
        var last = int.Parse(ends[1], CultureInfo.InvariantCulture);
        return Enumerable.Range(first, last - first + 1).Select(patch => ChartVersion.Parse($"{ends[0][..dot]}{patch}"));
    }

    static IEnumerable<ChartVersion> Changes(CatalogueData data) =>
    [
        .. data.Features.Values,
        .. data.Workloads.SelectMany(workload => workload.Variants).Select(variant => variant.From),
        .. data.PodsWithoutConnection.Concat(data.OtherPostgresPods).Concat(data.OtherDatabases).Concat(data.OffByDefault).Concat(data.RequiredToRender)
            .Concat(data.BrokenOptions).Concat(data.RefusedKeys).Concat(data.Flags).SelectMany(item => new[] { item.From, item.Until }).OfType<ChartVersion>(),
        .. data.OtherDatabases.SelectMany(one => new[] { one.OnFrom, one.IamFrom }).OfType<ChartVersion>(),
    ];

    static List<VariantData> Complete(IReadOnlyList<VariantData> variants)
    {
        List<VariantData> complete = [variants[0]];
        foreach (var variant in variants.Skip(1))
        {
            complete.Add(variant.After(complete[^1]));
        }

        return complete;
    }

    static ChartComponent Component(WorkloadData workload, VariantData variant, bool hasClientCertificate)
    {
        var component = new ChartComponent
        {
            Name = workload.Path,
            Kind = workload.Kind,
            EnabledWhen = variant.When!,
            OnByDefault = variant.On!.Value,
            ServiceAccount = Account(workload, variant),
            HasConnection = workload.Connection,
            MountsClientCertificate = hasClientCertificate,
            NameSuffix = workload.Name,
            Template = workload.Template,
            Hook = variant.Hook,
            OwnDatabase = workload.OwnDatabase,
            IsInDocs = workload.InDocs,
            GetsCommonPodAnnotations = workload.CommonPodAnnotations ?? workload.Kind == WorkloadKind.Deployment,
        };
        return workload.Annotations is null ? component : component with { Annotations = component.PodValues.Child(workload.Annotations) };
    }

    static ChartServiceAccount Account(WorkloadData workload, VariantData variant)
    {
        // A backend job runs as the backend does.
        var (owner, name) = workload.Kind == WorkloadKind.Deployment ? (workload.Path, workload.Name) : ("backend", "backend");
        if (variant.Account is { } account)
        {
            (owner, name) = (account, workload.Name);
        }

        return owner.Length == 0
            ? new(Path: null, name, CreatedByDefault: true, Labels: null)
            : new(
                ValuesPath.Of($"{owner}.serviceAccount"), name, variant.AccountCreated ?? true,
                ValuesPath.Of($"{owner}.{workload.AccountLabels ?? "deployment"}.labels"));
    }

    static IReadOnlyList<string> Names(IReadOnlyList<ItemData> items, ChartVersion version) =>
        [.. items.Where(item => item.Holds(version)).Select(item => item.Name)];
}
