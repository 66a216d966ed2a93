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
            yield return $"{plan.From} loses its access with its ownership: whatever still logs in as it stops working.";
        }

        if (outside.Count > 0)
        {
            yield return $"What {plan.From} owns in other schemas stays with it; -AllSchemas moves it too: {Sample(outside)}.";
        }

        if (special.Where(OwnershipStatements.IsExtension).ToList() is { Count: > 0 } extensions)
        {
            yield return $"{Sample(extensions)} stays with {plan.From}, and LangSmith works all the same: extensions move by REASSIGN OWNED alone,"
                + " which would move what else the role owns as well.";
        }

        if (special.FirstOrDefault(one => one.Kind == "database") is { } database)
        {
            yield return $"The database itself stays with {plan.From}, and LangSmith works all the same. To move it, as a role with CREATEDB that may act as"
                + $" {plan.To}: {OwnershipStatements.Alter(database, plan.To)};";
        }

        if (facts.SharedObjects.Count > 0)
        {
            yield return $"{plan.From} owns more on this server, which stays with it, and which REASSIGN OWNED would move: {Sample(facts.SharedObjects)}.";
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
