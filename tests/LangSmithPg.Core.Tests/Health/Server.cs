using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Recorded;
using LangSmithPg.Findings;
using LangSmithPg.Health;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Health;

/// <summary>A server that is well, and what a test changes about it.</summary>
sealed record Server
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    public ServerFacts Facts { get; init; } = RecordedFacts.Read();

    public ActivityFacts Activity { get; init; } = new(
        Now, SeesSessions: true, HiddenSessions: 0,
        new Dictionary<string, string>
        {
            ["autovacuum"] = "on", ["autovacuum_freeze_max_age"] = "200000000", ["autovacuum_multixact_freeze_max_age"] = "400000000", ["max_slot_wal_keep_size"] = "-1",
            ["max_wal_size"] = "1073741824", ["track_counts"] = "on", ["vacuum_failsafe_age"] = "1600000000", ["vacuum_freeze_min_age"] = "50000000", ["vacuum_multixact_failsafe_age"] = "1600000000",
        },
        [new("langsmith", 150_000_000, 0)], [], [], [], Waiting: 0, [], [], [], Now.AddDays(-90), TemporaryFiles: 3, TemporaryBytes: 1 << 20,
        BlocksRead: 50_000, BlocksHit: 1_950_000, new(Timed: 900, Requested: 10));

    public ObjectFacts Objects { get; init; } = new([], 0, [], [], 0, 0, [], 0, 0, [], 0, [], []);

    public SequenceFacts Sequences { get; init; } = new(3, 3, 0, [], []);

    public TraceFacts Traces { get; init; } = new(IsReadable: true, IsCheap: true) { Failed = 0 };

    public long? Bytes { get; init; } = 20L << 30;

    public int? Budget { get; init; }

    public DatabaseFigures? Before { get; init; }

    public Server With(Func<ActivityFacts, ActivityFacts> change) => this with { Activity = change(Activity) };

    public Server Setting(string name, string value) => With(facts => facts with { Settings = new Dictionary<string, string>(facts.Settings) { [name] = value } });

    public ReadinessReport Report()
    {
        var connection = PgConnectionString.Parse("langsmith:pw@db.example.com/langsmith").Require();
        return HealthEvaluator.Evaluate(
            new(new() { Connection = connection, Host = connection.Hosts[0], Facts = Facts }, new(new(Activity, null), new(Objects, null), new(Sequences, null), new(Traces, null)) { DatabaseBytes = Bytes }),
            DateOnly.FromDateTime(Now.Date), Budget, Before is null ? null : [ReadinessReport.Of(connection, [], null, default) with { Figures = Before }]);
    }

    public Finding Find(string id) => Report().Findings.Single(finding => finding.Id == id);

    public FindingStatus Status(string id) => Find(id).Status;
}
