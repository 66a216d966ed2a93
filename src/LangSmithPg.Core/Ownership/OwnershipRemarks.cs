using LangSmithPg.Servers;

namespace LangSmithPg.Ownership;

/// <summary>What to know of a plan: what stays behind, and why.</summary>
static class OwnershipRemarks
{
    public static IEnumerable<string> Of(
        OwnershipPlan plan, ServerFacts server, OwnershipFacts facts, IReadOnlyList<OwnedObject> left, IReadOnlyList<OwnedObject> held,
        IReadOnlyList<string> alsoReassigned)
    {
        if (left.Count > 0)
        {
            yield return $"What {plan.From} owns in other schemas stays with it; -AllSchemas moves it too: {Sample(left)}.";
        }

        if (held.Count > 0)
        {
            yield return $"{Sample(held)} stays with {plan.From}, as it moves by REASSIGN OWNED alone, and that would also move {Sample(alsoReassigned)}."
                + " LangSmith works all the same.";
        }

        if (facts.OtherDatabases.Count > 0)
        {
            yield return $"What {plan.From} owns in other databases stays with it: {Sample(facts.OtherDatabases)}.";
        }

        if (server.Schema.Objects.Where(one => one.Owner != plan.From && one.Owner != plan.To).ToList() is { Count: > 0 } others)
        {
            yield return $"Schema {plan.Schema} holds objects of others too: {Sample(others.Select(one => $"{one.Count} of {one.Owner}"))}.";
        }
    }

    static string Sample(IEnumerable<object> things)
    {
        const int most = 5;
        var all = things.ToList();
        return string.Join(", ", all.Take(most)) + (all.Count > most ? $" and {all.Count - most} more" : "");
    }
}
