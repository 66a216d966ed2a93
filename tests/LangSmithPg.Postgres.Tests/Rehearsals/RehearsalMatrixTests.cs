using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Postgres.Tests.Rehearsals;

/// <summary>A rehearsal says what can really be done, agrees with the rules, and leaves nothing behind.</summary>
[Collection("Quiet servers")]
public sealed class RehearsalMatrixTests(QuietServers servers)
{
    const string Superuser = "superuser";

    static readonly (string Role, string SetUp)[] Roles =
    [
        (Superuser, "SELECT 1"),
        ("owner of the database", "ALTER DATABASE {database} OWNER TO {role}"),
        ("CREATE on the database", "GRANT CREATE ON DATABASE {database} TO {role}"),
        ("no privilege", "SELECT 1"),
    ];

    static readonly (string Schema, string SetUp)[] Schemas =
    [
        ("public", "SELECT 1"),
        ("own \"schema\"", "CREATE SCHEMA \"own \"\"schema\"\"\" AUTHORIZATION {role}"),
        ("absent", "SELECT 1"),
    ];

    // What each finding claims, written down a second time.
    static readonly (string Step, string Sql)[] Deeds =
    [
        ("Extension.btree_gin", "CREATE EXTENSION IF NOT EXISTS btree_gin"),
        ("Extension.btree_gist", "CREATE EXTENSION IF NOT EXISTS btree_gist"),
        ("Extension.citext", "CREATE EXTENSION IF NOT EXISTS citext"),
        ("Extension.ltree", "CREATE EXTENSION IF NOT EXISTS ltree"),
        ("Extension.pg_trgm", "CREATE EXTENSION IF NOT EXISTS pg_trgm"),
        ("Extension.pgcrypto", "CREATE EXTENSION IF NOT EXISTS pgcrypto"),
        ("Table", "CREATE TABLE t (a int DEFAULT 1, b text DEFAULT 'b', c int4range DEFAULT '[1,2]')"),
        ("Column.citext", "ALTER TABLE t ADD d citext"),
        ("Column.ltree", "ALTER TABLE t ADD e ltree"),
        ("Column.pgcrypto", "ALTER TABLE t ALTER b SET DEFAULT crypt('a', gen_salt('md5'))"),
        ("Index.btree_gin", "CREATE INDEX ON t USING gin (a)"),
        ("Index.pg_trgm", "CREATE INDEX ON t USING gin (b gin_trgm_ops)"),
        ("Index.btree_gist", "ALTER TABLE t ADD EXCLUDE USING gist (a WITH =, c WITH &&)"),
        ("Insert", "INSERT INTO t DEFAULT VALUES"),
        ("Alter", "ALTER TABLE t ALTER a TYPE bigint"),
    ];

    [Theory]
    [MemberData(nameof(QuietServers.Majors), MemberType = typeof(QuietServers))]
    public async Task A_rehearsal_tells_what_can_really_be_done(int major)
    {
        var server = await servers.GetAsync(major);
        foreach (var (role, forRole) in Roles)
        {
            foreach (var (schema, forSchema) in Schemas)
            {
                await using var playground = await Playground.CreateAsync(server, forRole, forSchema);
                var connection = playground.Connection(schema, asSuperuser: role == Superuser);
                var before = await playground.SnapshotAsync();
                var report = Playground.Evaluate(await ObservationExtensions.RehearseAsync(connection, force: true));
                await playground.AssertNobodyIsLeftAsync();
                Assert.Equal(before, await playground.SnapshotAsync());

                (string Step, string Sql)[] deeds = [.. schema == "absent" ? [("Schema", "CREATE SCHEMA absent")] : Array.Empty<(string, string)>(), .. Deeds];
                var really = await Playground.ReallyDoAsync(connection, deeds.Select(deed => deed.Sql));
                foreach (var ((step, _), can) in deeds.Zip(really))
                {
                    var finding = Find(report, $"Rehearsal.{step}");
                    Assert.True(can == (finding.Status == FindingStatus.Pass), $"{major}, {role}, {schema}: {finding}, and it {(can ? "worked" : "failed")}.");
                    Assert.True(finding.Status != FindingStatus.Fail || finding.Fix is not null, $"{finding} has no fix.");
                }

                AssertAgreement(report, $"{major}, {role}, {schema}");
            }
        }
    }

    static void AssertAgreement(ReadinessReport report, string where)
    {
        foreach (var ruled in report.Findings.Where(finding => finding.Id.StartsWith("Extension.", StringComparison.Ordinal)))
        {
            var rehearsed = Find(report, $"Rehearsal.{ruled.Id}");
            Assert.True(rehearsed.Status is FindingStatus.Unknown || rehearsed.Status == ruled.Status, $"{where}: {ruled}, but {rehearsed}.");
        }

        var rehearsals = report.Findings.ToLookup(finding => finding.Id.StartsWith("Rehearsal.", StringComparison.Ordinal), finding => finding.Status == FindingStatus.Fail);
        Assert.True(rehearsals[true].Any(fails => fails) == rehearsals[false].Any(fails => fails), where);
        Assert.Equal(
            Find(report, "Schema.Create").Status != FindingStatus.Fail,
            report.Findings.Any(finding => finding is { Id: "Rehearsal.Table", Status: FindingStatus.Pass }));
    }

    static Finding Find(ReadinessReport report, string id) => Assert.Single(report.Findings, finding => finding.Id == id);
}
