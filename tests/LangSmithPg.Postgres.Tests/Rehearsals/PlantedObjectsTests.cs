using LangSmithPg.Common;

namespace LangSmithPg.Postgres.Tests.Rehearsals;

/// <summary>Nothing that others put in LangSmith's schema is called by a rehearsal, an installation or a transfer, whoever runs it.</summary>
[Collection("Quiet servers")]
public sealed class PlantedObjectsTests(QuietServers servers)
{
    // Each is a better match than the server's or the extension's own for a name without a schema, or for a literal without a type.
    static readonly string[] Planted =
    [
        "CREATE SEQUENCE public.called",
        "GRANT ALL ON SEQUENCE public.called TO PUBLIC",
        "GRANT CREATE, USAGE ON SCHEMA public TO {other}, {role}",
        "SET ROLE {other}",
        .. Functions(
            ("tstzrange", "timestamptz, text", "tstzrange"), ("tstzrange", "timestamptz, timestamptz, int DEFAULT 0", "tstzrange"), ("now", "int DEFAULT 0", "timestamptz"),
            ("gen_random_uuid", "int DEFAULT 0", "uuid"), ("digest", "text, varchar", "bytea"), ("digest", "varchar, varchar", "bytea"), ("digest", "varchar, text", "bytea"),
            ("nextval", "text", "bigint"), ("set_config", "text, text, bool", "text"), ("pg_backend_pid", "int DEFAULT 0", "int"),
            ("overlap", "tstzrange, tstzrange", "bool"), ("equal", "text, varchar", "bool"), ("alike", "uuid, text", "bool")),
        "CREATE OPERATOR public.&& (LEFTARG = tstzrange, RIGHTARG = tstzrange, FUNCTION = public.overlap)",
        "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = varchar, FUNCTION = public.equal)",
        "CREATE OPERATOR public.% (LEFTARG = text, RIGHTARG = varchar, FUNCTION = public.equal)",
        "CREATE OPERATOR public.<@ (LEFTARG = text, RIGHTARG = varchar, FUNCTION = public.equal)",
        "CREATE OPERATOR public.= (LEFTARG = uuid, RIGHTARG = text, FUNCTION = public.alike)",
        .. Domains("uuid", "text", "jsonb", "bytea", "varchar", "tstzrange", "timestamptz", "int8"),
        "CREATE TYPE public.mine AS (a int)",
        "CREATE FUNCTION public.mine_to_text(public.mine) RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT pg_catalog.nextval(''public.called'')::pg_catalog.text'",
        "CREATE CAST (public.mine AS pg_catalog.text) WITH FUNCTION public.mine_to_text(public.mine) AS IMPLICIT",
        "RESET ROLE",
    ];

    public static readonly TheoryData<int, bool> Callers = new() { { 14, false }, { 14, true }, { 17, false }, { 17, true } };

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task A_rehearsal_calls_nothing_that_others_planted(int major, bool asSuperuser)
    {
        await using var playground = await CreateAsync(major);
        var report = Playground.Evaluate(await ObservationExtensions.RehearseAsync(playground.Connection(asSuperuser: asSuperuser), force: true));
        Assert.All(report.Findings.Where(finding => finding.Id.StartsWith("Rehearsal.", StringComparison.Ordinal)), finding =>
            Assert.True(finding.Status is FindingStatus.Pass or FindingStatus.NotApplicable, $"{finding} {finding.Evidence}"));
        Assert.Equal("False", await playground.AskAsync("SELECT is_called FROM public.called"));
    }

    [Theory]
    [InlineData(14)]
    [InlineData(17)]
    public async Task The_extensions_are_used_where_the_catalog_says_they_are(int major)
    {
        await using var playground = await CreateAsync(major);
        await playground.DoAsync("CREATE SCHEMA ext");
        await playground.DoAsync("CREATE EXTENSION pgcrypto SCHEMA ext");
        await playground.DoAsync("CREATE EXTENSION citext SCHEMA ext");
        await playground.DoAsync("""
            SET ROLE {other};
            CREATE FUNCTION public.digest(text, text) RETURNS bytea LANGUAGE sql AS 'SELECT pg_catalog.nextval(''public.called'')::text::bytea';
            CREATE DOMAIN public.citext AS text CHECK (pg_catalog.nextval('public.called') > 0);
            RESET ROLE;
            """);
        var report = Playground.Evaluate(await ObservationExtensions.RehearseAsync(playground.Connection(asSuperuser: true), force: true));
        foreach (var id in (string[])["Rehearsal.Column.pgcrypto", "Rehearsal.Column.citext"])
        {
            var finding = Assert.Single(report.Findings, finding => finding.Id == id);
            Assert.Equal(FindingStatus.Fail, finding.Status);
            Assert.Contains("is in schema ext", finding.Evidence, StringComparison.Ordinal);
            Assert.Contains("SET SCHEMA", finding.Fix?.Text, StringComparison.Ordinal);
        }

        Assert.Equal("False", await playground.AskAsync("SELECT is_called FROM public.called"));
    }

    [Theory]
    [InlineData(14, "PUBLIC")]
    [InlineData(17, "{other}")]
    public async Task An_administrator_rehearses_only_with_force_where_others_may_create(int major, string who)
    {
        await using var playground = await CreateAsync(major);
        var before = await playground.SnapshotAsync();
        var report = Playground.Evaluate(await ObservationExtensions.RehearseAsync(playground.Connection(asSuperuser: true)));
        var finding = Assert.Single(report.Findings, finding => finding.Id.StartsWith("Rehearsal.", StringComparison.Ordinal));
        Assert.Equal(("Rehearsal.Transaction", FindingStatus.Unknown), (finding.Id, finding.Status));
        Assert.Contains(who.Replace("{other}", playground.Other, StringComparison.Ordinal), finding.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", finding.Fix?.Text, StringComparison.Ordinal);
        Assert.Equal(before, await playground.SnapshotAsync());
    }

    [Fact]
    public async Task An_administrator_rehearses_where_nobody_else_may_create()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync());
        var report = Playground.Evaluate(await ObservationExtensions.RehearseAsync(playground.Connection(asSuperuser: true)));
        Assert.Equal(FindingStatus.Pass, Assert.Single(report.Findings, finding => finding.Id == "Rehearsal.Insert").Status);
    }

    async Task<Playground> CreateAsync(int major) => await Playground.CreateAsync(
        await servers.GetAsync(major), [.. Planted, "GRANT CREATE ON DATABASE {database} TO {role}"]);

    static IEnumerable<string> Functions(params (string Name, string Arguments, string Result)[] functions) => functions.Select(function => $"""
        CREATE FUNCTION public.{function.Name}({function.Arguments}) RETURNS {function.Result} LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_catalog.nextval(''public.called''); RAISE EXCEPTION ''{function.Name} was called''; END'
        """);

    static IEnumerable<string> Domains(params string[] names) => names.Select(name =>
        $"CREATE DOMAIN public.{name} AS pg_catalog.{name} CHECK (pg_catalog.nextval('public.called') > 0)");
}
