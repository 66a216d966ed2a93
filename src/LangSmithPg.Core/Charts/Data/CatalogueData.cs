using System.Text.Json.Serialization;
using LangSmithPg.Common;

namespace LangSmithPg.Charts.Data;

/// <summary>The catalogue as it stands in its file, which explains itself.</summary>
sealed record CatalogueData(
    IReadOnlyList<string> About,
    Uri Source,
    IReadOnlyList<string> Versions,
    IReadOnlyDictionary<ChartFeature, ChartVersion> Features,
    IReadOnlyList<WorkloadData> Workloads,
    IReadOnlyList<ItemData> PodsWithoutConnection,
    IReadOnlyList<PodData> OtherPostgresPods,
    IReadOnlyList<DatabaseData> OtherDatabases,
    IReadOnlyList<ItemData> OffByDefault,
    IReadOnlyList<ItemData> RequiredToRender,
    IReadOnlyList<ItemData> BrokenOptions,
    IReadOnlyList<RefusalData> RefusedKeys,
    IReadOnlyList<ItemData> Flags);

sealed record WorkloadData(
    string Path,
    WorkloadKind Kind,
    string Name,
    string Template,
    IReadOnlyList<VariantData> Variants,
    bool InDocs = false,
    bool Connection = true,
    string? Annotations = null,
    string? AccountLabels = null,
    bool? CommonPodAnnotations = null,
    string? OwnDatabase = null);

/// <summary>What differs from the variant before it. An account is named by the map that its values stand in; an empty one has no values.</summary>
sealed record VariantData(
    ChartVersion From,
    string? When = null,
    bool? On = null,
    string? Hook = null,
    string? Account = null,
    bool? AccountCreated = null,
    bool Absent = false)
{
    public VariantData After(VariantData earlier) => Absent ? this : new(
        From, When ?? earlier.When, On ?? earlier.On, Hook ?? earlier.Hook, Account ?? earlier.Account, AccountCreated ?? earlier.AccountCreated);
}

record ItemData(string Name, ChartVersion From, ChartVersion? Until = null)
{
    public bool Holds(ChartVersion version) => From <= version && (Until is null || version < Until);
}

sealed record PodData(string Name, ChartVersion From, IReadOnlyList<string> Variables, ChartVersion? Until = null) : ItemData(Name, From, Until);

sealed record DatabaseData(
    string Name,
    string Variable,
    ChartVersion From,
    ChartVersion? Until = null,
    ChartVersion? OnFrom = null,
    string? IamKey = null,
    ChartVersion? IamFrom = null,
    string? When = null) : ItemData(Name, From, Until);

/// <summary>Keys that Helm fails with. Braces in the name hold a choice, and stand for one key each; <c>{0}</c> is what the first pair of them chose.</summary>
sealed record RefusalData(
    string Name,
    ChartVersion From,
    ChartVersion? Until = null,
    IReadOnlyList<string>? Instead = null,
    bool AllowsEmpty = false) : ItemData(Name, From, Until)
{
    public IEnumerable<ChartRefusal> Expand()
    {
        IEnumerable<(string Name, string Chosen)> all = [(Name, "")];
        while (all.First().Name.Contains('{', StringComparison.Ordinal))
        {
            all = [.. all.SelectMany(one => Choose(one.Name, one.Chosen))];
        }

        return all.Select(one => new ChartRefusal(
            ValuesPath.Of(one.Name), (Instead ?? []).Select(path => ValuesPath.Of(path.Replace("{0}", one.Chosen, StringComparison.Ordinal))).ToArray()) { AllowsEmpty = AllowsEmpty });
    }

    static IEnumerable<(string Name, string Chosen)> Choose(string name, string chosen)
    {
        var (start, end) = (name.IndexOf('{', StringComparison.Ordinal), name.IndexOf('}', StringComparison.Ordinal));
        return name[(start + 1)..end].Split(',').Select(one => (name[..start] + one + name[(end + 1)..], chosen.Length > 0 ? chosen : one));
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(ChartVersionConverter), typeof(JsonStringEnumConverter<ChartFeature>)])]
[JsonSerializable(typeof(CatalogueData))]
sealed partial class CatalogueJsonContext : JsonSerializerContext;
