using LangSmithPg.Extensions;
using LangSmithPg.Rehearsals;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Rehearsals;

/// <summary>Rehearsals of which every step was done.</summary>
static class RehearsalSamples
{
    static readonly (string Extension, string Name)[] Members =
        [("citext", "citext"), ("citext", "="), ("ltree", "ltree"), ("ltree", "<@"), ("pgcrypto", "digest"), ("pg_trgm", "gin_trgm_ops"), ("pg_trgm", "%")];

    /// <summary>All steps, with the extensions in LangSmith's schema.</summary>
    public static IReadOnlyList<RehearsalStep> Steps(ServerFacts facts, string table = "t") =>
    [
        .. RehearsalPlan.Open(facts),
        .. RehearsalPlan.Use(facts, table, [.. Members.Select(member => new ExtensionMember(member.Extension, member.Name, facts.Schema.Name))]),
    ];
}
