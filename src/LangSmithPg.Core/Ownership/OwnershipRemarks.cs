using LangSmithPg.Servers;

namespace LangSmithPg.Ownership;

/// <summary>What to know of a plan: what stays behind and why, and what the old owner loses.</summary>
static class OwnershipRemarks
{
    /// <param name="plan">The plan so far.</param>
    /// <param name="server">What the server says of itself.</param>
    /// <param name="facts">What it says of the two roles.</param>
    /// <param name="outside">What is in other schemas and stays for that.</param>
    /// <param name="special">What could be moved by REASSIGN OWNED alone, and stays as that would move other things too.</param>
    public static IEnumerable<string> Of(
        OwnershipPlan plan, ServerFacts server, OwnershipFacts facts, IReadOnlyList<OwnedObject> outside, IReadOnlyList<OwnedObject> special)
    {
        if (facts.Objects.Count > outside.Count)
        {
            yield return $"{plan.From} loses access together with ownership: programs that still log in as this role stop working.";
        }

        if (outside.Count > 0)
        {
            yield return $"What {plan.From} owns in other schemas is not transferred; to include it, use -AllSchemas: {Sample(outside)}.";
        }

        if (special.Where(OwnershipStatements.IsExtension).ToList() is { Count: > 0 } extensions)
        {
            yield return $"{Sample(extensions)} stays with {plan.From}, which does not affect LangSmith: extensions can only be transferred by REASSIGN OWNED,"
                + " which would also transfer everything else that the role owns.";
        }

        if (special.FirstOrDefault(one => one.Kind == "database") is { } database)
        {
            yield return $"The database itself stays with {plan.From}, which does not affect LangSmith. To transfer it, as a role with CREATEDB that may act as"
                + $" {plan.To}: {OwnershipStatements.Alter(database, plan.To)};";
        }

        if (facts.SharedObjects.Count > 0)
        {
            yield return $"{plan.From} owns other objects on this server, which are not transferred, and which REASSIGN OWNED would transfer: {Sample(facts.SharedObjects)}.";
        }

        if (facts.OtherDatabases.Count > 0)
        {
            yield return $"What {plan.From} owns in other databases is not transferred: {Sample(facts.OtherDatabases)}.";
        }

        if (server.Schema.Objects.Where(one => one.Owner != plan.From && one.Owner != plan.To).ToList() is { Count: > 0 } others)
        {
            yield return $"Schema {plan.Schema} also contains objects of other owners: {Sample(others.Select(one => $"{one.Count} of {one.Owner}"))}.";
        }
    }

    static string Sample(IEnumerable<object> things)
    {
        const int most = 5;
        var all = things.ToList();
        return string.Join(", ", all.Take(most)) + (all.Count > most ? $" and {all.Count - most} more" : "");
    }
}
