using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether a database that needs a server of its own, and must be empty at first, has them.</summary>
sealed class DedicatedRule : IReadinessRule
{
    // What an installation or a cloud creates itself.
    static readonly string[] OfTheServer =
        ["postgres", "azure_maintenance", "azure_sys", "rdsadmin", "cloudsqladmin", "alloydbadmin", "alloydbmetadata", "defaultdb", "_dodb"];

    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        if (!input.Requirements.IsDedicated)
        {
            yield break;
        }

        var product = input.Requirements.Product;
        List<string>? others = input.Facts.OtherDatabases is { } all ? [.. all.Where(name => !OfTheServer.Contains(name))] : null;
        yield return input.Finding("Server.Dedicated", others is null ? FindingStatus.Unknown : others.Count == 0 ? FindingStatus.Pass : FindingStatus.Warning,
            others is null ? "Whether the server has other databases is not known."
            : others.Count == 0 ? "The server has no other databases." : $"The server has other databases: {string.Join(", ", others)}.") with
        {
            Why = $"{product} needs a server of its own: its load must not compete with that of other databases.",
            Fix = others is null or [] ? null : "Use a server without other databases.",
        };

        var count = input.Facts.Schema.Objects.Sum(objects => objects.Count);
        yield return input.Finding("Database.Empty", count == 0 ? FindingStatus.Pass : FindingStatus.Unknown,
            count == 0 ? $"Schema {input.Facts.Schema.Name} is empty."
            : $"Schema {input.Facts.Schema.Name} has {count} objects; whether they belong to {product} is not known.") with
        {
            Why = $"{product} must be empty at first, and contains its own tables afterwards.",
            Fix = count == 0 ? null : "Before the first installation, use an empty database. Afterwards, accept this finding with -AcceptedFinding.",
        };
    }
}
