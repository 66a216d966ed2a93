using LangSmithPg.Common;

namespace LangSmithPg.Charts.Reading;

/// <summary>
/// Works a chart's components out from its own files, for versions that the catalogue does not have. What the templates do not say, such
/// as the name of an object, is taken from the catalogue where it knows the component, and is otherwise unknown.
/// </summary>
static class ChartReading
{
    /// <summary>The workloads that a chart's templates lead to PostgreSQL.</summary>
    /// <param name="templates">The templates by their paths.</param>
    /// <param name="values">The chart's values by their paths, with dots; a map has no text.</param>
    public static IReadOnlyList<ChartComponent> FromTemplates(IReadOnlyDictionary<string, string> templates, IReadOnlyDictionary<string, string?> values)
    {
        ArgumentNullException.ThrowIfNull(templates);
        ArgumentNullException.ThrowIfNull(values);
        return [.. new ChartTemplates(templates).Workloads().Select(one => Component(one, values))];
    }

    /// <summary>
    /// The workloads that values have a place for. Values do not say which pods get the connection: components that the catalogue does
    /// not know may or may not.
    /// </summary>
    /// <param name="values">The values by their paths, with dots; a map has no text.</param>
    public static IReadOnlyList<ChartComponent> FromValues(IReadOnlyDictionary<string, string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        List<ChartComponent> known = [.. AllKnown.Where(one => values.ContainsKey(one.Labels.ToString()))];
        var others = values.Keys
            .Where(path => path.EndsWith(".deployment", StringComparison.Ordinal))
            .Select(path => path[..^".deployment".Length])
            .Where(name => values.ContainsKey($"{name}.serviceAccount") && !Unconnected.Contains(name) && known.TrueForAll(one => one.Name != name))
            .Select(name => new ChartComponent
            {
                Name = name,
                Kind = WorkloadKind.Deployment,
                EnabledWhen = values.ContainsKey($"{name}.enabled") ? $"{name}.enabled" : "unknown",
                OnByDefault = null,
                ServiceAccount = Account($"{name}.serviceAccount", values, labels: null),
                IsKnown = false,
            });
        return [.. known, .. others];
    }

    /// <summary>The databases beside LangSmith's own: those that the catalogue knows, and others whose values look like one.</summary>
    internal static IReadOnlyList<ChartDatabase> Databases(IReadOnlyDictionary<string, string?> values, ChartRelease release)
    {
        const string Mark = ".postgres.external.existingSecretName";
        // A chart of which only some values are known is taken for what the catalogue says.
        List<ChartDatabase> known = [.. release.OtherDatabases.Where(one => values.ContainsKey(one.Path.ToString()))];
        var others = values.Keys.Where(path => path.EndsWith(Mark, StringComparison.Ordinal))
            .Select(path => path[..^".existingSecretName".Length])
            .Where(path => path.Split('.').Length == 3 && known.TrueForAll(one => one.Path.ToString() != path));
        return
        [
            .. known,
            .. others.Select(path => new ChartDatabase(
                ValuesPath.Of(path), "POSTGRES_URI", values.GetValueOrDefault($"{path.Split('.')[0]}.enabled") == "true",
                values.ContainsKey($"{path}.iamProvider") ? "iamProvider" : null)),
        ];
    }

    /// <summary>What a chart can do: by the keys of its values where a key shows it, by its version otherwise.</summary>
    internal static IReadOnlySet<ChartFeature> Features(ChartKey keys, ChartRelease release)
    {
        var features = release.Features.ToHashSet();
        foreach (var (feature, path) in FeatureKeys.All)
        {
            if (ValuesPath.Of(path).Keys.Aggregate((ChartKey?)keys, (key, name) => key?.Find(name)) is null)
            {
                features.Remove(feature);
            }
            else
            {
                features.Add(feature);
            }
        }

        return features;
    }

    // Each as it was last seen.
    static IEnumerable<ChartComponent> AllKnown => ChartCatalogue.Releases.Reverse().SelectMany(release => release.Components).DistinctBy(one => one.Name);

    // Named in the catalogue as their objects are: ace-backend for aceBackend.
    static HashSet<string> Unconnected { get; } =
    [
        .. ChartCatalogue.Releases.SelectMany(release => release.PodsWithoutConnection).Select(name => string.Concat(
            name.Split('-').Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]))),
    ];

    static ChartComponent Component(TemplateWorkload one, IReadOnlyDictionary<string, string?> values)
    {
        const string Suffix = ".deployment";
        var name = one.PodValues.EndsWith(Suffix, StringComparison.Ordinal) ? one.PodValues[..^Suffix.Length] : one.PodValues;
        var known = ChartCatalogue.Releases.Reverse().SelectMany(release => release.Workloads).FirstOrDefault(other => other.Name == name);
        return new()
        {
            Name = name,
            Kind = one.Kind,
            EnabledWhen = one.Condition.ToString(),
            OnByDefault = one.Condition.Holds(path => Demanded.GetValueOrDefault(path) ?? values.GetValueOrDefault(path)),
            ServiceAccount = one.Account is null
                ? new(Path: null, known?.ServiceAccount.NameSuffix, CreatedByDefault: true, Labels: null)
                : Account(one.Account, values, one.AccountLabels) with { NameSuffix = known?.ServiceAccount.NameSuffix },
            HasConnection = one.HasConnection,
            MountsClientCertificate = one.HasCertificate,
            PodValues = ValuesPath.Of(one.PodValues),
            Template = one.Template,
            Hook = one.Hook,
            NameSuffix = known?.NameSuffix,
            OwnDatabase = known?.OwnDatabase ?? Database(name, values),
            IsInDocs = known?.IsInDocs ?? false,
            GetsCommonPodAnnotations = known?.GetsCommonPodAnnotations ?? one.Kind == WorkloadKind.Deployment,
            IsKnown = known is not null,
        };
    }

    // The agents' pods each connect to a database that stands beside them.
    static string? Database(string name, IReadOnlyDictionary<string, string?> values) =>
        name.Split('.') is [var product, _] && values.ContainsKey($"{product}.postgres.external") ? $"{product}.postgres" : null;

    static ChartServiceAccount Account(string path, IReadOnlyDictionary<string, string?> values, string? labels) => new(
        ValuesPath.Of(path), NameSuffix: null, values.GetValueOrDefault($"{path}.create") == "true", labels is null ? null : ValuesPath.Of(labels));

    // What an installation has to set anyhow, such as config.basicAuth.enabled=true.
    internal static Dictionary<string, string> Demanded { get; } = ChartCatalogue.Releases[^1].RequiredToRender
        .Select(text => text.Split('=')).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
}
