using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Ownership;
using LangSmithPg.Servers;

namespace LangSmithPg.Rehearsals;

/// <summary>Says whether the tables that are there already can be altered.</summary>
static class OwnershipEvaluator
{
    const string Name = "Ownership";

    const string Why = "Only an owner may ALTER a table: the next migration fails even if every privilege is granted.";

    public static Finding Evaluate(ReadinessInput input, Rehearsal rehearsal, IReadOnlyList<Finding> ruled)
    {
        var probes = rehearsal.Ownership ?? [];
        List<OwnershipProbe> refused = [.. probes.Where(probe => probe.Error is { } error && !error.ProvesNothing())];
        List<OwnershipProbe> open = [.. probes.Where(probe => probe.Error?.ProvesNothing() is true)];
        var (role, schema) = (input.Facts.Role.Name, input.Facts.Schema.Name);
        var (status, message) = rehearsal switch
        {
            { Ownership: null } => (FindingStatus.Unknown, $"Whether role {role} can alter what is in schema {schema} could not be determined: {rehearsal.OwnershipError?.Reason() ?? "the rehearsal was interrupted"}."),
            _ when refused.Count > 0 => (FindingStatus.Fail, $"Role {role} cannot alter {Tables(refused)} in schema {schema}: {refused[0].Error!.Reason()}."),
            _ when open.Count > 0 => (
                // What another table of the same owner proved stands; but a migration would wait for this one.
                probes.Any(probe => probe.Error is null) ? FindingStatus.Warning : FindingStatus.Unknown,
                $"Whether role {role} can alter {Tables(open)} in schema {schema} could not be determined: {open[0].Error!.Reason()}."),
            _ when probes.Count > 0 => (
                FindingStatus.Pass, $"Role {role} can alter the tables of {Owners(probes)} in schema {schema}."),
            _ => (FindingStatus.NotApplicable, $"Schema {schema} has no tables yet."),
        };
        return RehearsalEvaluator.Found(input, Name, status, message, Why) with
        {
            Evidence = probes.Count == 0 ? rehearsal.OwnershipError?.ToString() : string.Join('\n', probes.Select(probe => $"{probe.Table} of {probe.Owner}: {probe.Error?.ToString() ?? "altered"}")),
            Fix = refused.Count > 0 ? Fix(input, refused, ruled) : open.Count > 0 ? open[0].Error!.Fix() : rehearsal.OwnershipError?.Fix(),
        };
    }

    static Remedy Fix(ReadinessInput input, List<OwnershipProbe> refused, IReadOnlyList<Finding> ruled)
    {
        if (refused.Find(probe => probe.Error!.Kind != ServerErrorKind.PermissionDenied) is { } other)
        {
            return other.Error!.Fix();
        }

        return ruled.FixOf("Schema.Ownership") ?? ruled.FixOf("Schema.Create") ?? Remedy.Sql(string.Join('\n', refused
            .Select(probe => probe.Owner).Distinct()
            .Select(owner => OwnershipStatements.Grant(owner, input.Facts.Role.Name, input.Facts.Server.Major))));
    }

    static string Tables(List<OwnershipProbe> probes) =>
        probes.Count == 1 ? $"table {probes[0].Table}" : $"tables {string.Join(", ", probes.Select(probe => probe.Table))}";

    static string Owners(IReadOnlyList<OwnershipProbe> probes) => string.Join(", ", probes.Select(probe => probe.Owner).Distinct());
}
