using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Recorded;
using LangSmithPg.Findings;
using LangSmithPg.Moves;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Moves;

/// <summary>Two sides of a move that is possible, and what a test changes about them.</summary>
static class Sides
{
    public static readonly DateOnly Today = new(2026, 11, 23);

    static readonly MoveFacts Facts = new(
        "1763884800.000001", 16_384, 5L << 30, "en_US.UTF-8", "c", Locale: null, [new("citext", "1.6", "public", "langsmith")], ObjectCount: 0, [], TableCount: 3,
        [new("public", CanCreate: true, HasObjects: false)], ["langsmith"], UnreadableCount: 0, [], [], LargeObjects: 0, [], [], Backends: 1, SeesAllSessions: true,
        [], [], [], [], [], [], [], [], [], [], ["en_US", "en_US.utf8"])
    {
        SystemIdentifier = "7000000000000000001",
        Available = [new("citext", "1.6", Trusted: true), new("dblink", "1.6", Trusted: false)],
    };

    public static MoveSide Source(Func<MoveFacts, MoveFacts>? change = null, Func<ServerFacts, ServerFacts>? server = null) =>
        Of("old.example.com", Facts with { Schemas = [new("public", CanCreate: true, HasObjects: true)] }, change, server);

    public static MoveSide Target(Func<MoveFacts, MoveFacts>? change = null, Func<ServerFacts, ServerFacts>? server = null) =>
        Of("new.example.com", Facts with { StartTime = "1763884800.000002", SystemIdentifier = "7000000000000000002" }, change, server);

    public static ReadinessReport Report(MoveSide? source = null, MoveSide? target = null) => MoveEvaluator.Evaluate(Look(source ?? Source()), Look(target ?? Target()), Today);

    public static Finding Find(string id, MoveSide? source = null, MoveSide? target = null) => Report(source, target).Findings.Single(finding => finding.Id == id);

    public static MoveLook Look(MoveSide side, MoveFacts? facts = null) =>
        new(new() { Connection = side.Connection, Host = side.Connection.Hosts[0], Facts = side.Server }, facts ?? side.Facts);

    public static ServerFacts WithMajor(this ServerFacts facts, int major) => facts with { Server = facts.Server with { VersionNumber = (major * 10_000) + 5 } };

    static MoveSide Of(string host, MoveFacts facts, Func<MoveFacts, MoveFacts>? change, Func<ServerFacts, ServerFacts>? server)
    {
        var recorded = RecordedFacts.Read();
        return new(
            PgConnectionString.Parse($"langsmith:pw@{host}/langsmith").Require(), server is null ? recorded : server(recorded), change is null ? facts : change(facts));
    }
}
