using LangSmithPg.Clouds;
using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Recorded;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Readiness;

/// <summary>What rules are given: a recorded server, and what a test changes about it.</summary>
static class Inputs
{
    public static readonly DateOnly Today = new(2026, 11, 23);

    public static ReadinessInput Of(ServerFacts facts, DateOnly? today = null) =>
        new(PgConnectionString.Parse("langsmith:pw@db.example.com/langsmith").Require(), facts, today ?? Today);

    public static ReadinessInput Of(string? provider, Func<ServerFacts, ServerFacts>? change = null)
    {
        var facts = RecordedFacts.Read(provider);
        return Of(change is null ? facts : change(facts));
    }

    public static ReadinessInput Of(CloudServer server, string? provider = null, IamAuthProvider? iam = null) =>
        Of(provider) with { Connection = Described(server, iam) };

    /// <summary>A connection to a server that its cloud describes.</summary>
    public static PgConnectionString Described(CloudServer server, IamAuthProvider? iam = null) => new PartialConnection
    {
        HostName = "db.example.com", Database = "langsmith", UserName = "langsmith", IamAuthProvider = iam, Server = server,
    }.Complete().Require();

    public static Finding Find(this ReadinessInput input, string id) => ReadinessRules.Evaluate(input).Single(finding => finding.Id == id);

    /// <summary>The facts with one extension changed.</summary>
    public static ServerFacts With(this ServerFacts facts, string extension, Func<ExtensionFacts, ExtensionFacts> change) =>
        facts with { Extensions = [.. facts.Extensions.Select(one => one.Name == extension ? change(one) : one)] };
}
