using LangSmithPg.Common;
using LangSmithPg.Comparisons;

namespace LangSmithPg.Postgres.Tests.Comparisons;

/// <summary>Every difference that is planted is found, and nothing else is.</summary>
public sealed class PlantedTests(SharedServers servers)
{
    const string Table = """
        CREATE TABLE {t} (id serial PRIMARY KEY, a int DEFAULT 7, b text DEFAULT 'x' NOT NULL, c numeric, d float8, e timestamptz, f jsonb, g bytea, h text[], i citext, j ltree, k mood,
            l date, m interval, n char(5), o "char", p xml, CONSTRAINT {t}_c CHECK (a < 10000000));
        INSERT INTO {t} (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) SELECT g, 'text ' || g, g / 8.0, g / 3.0, '2024-01-01 12:00:00.123456+00'::timestamptz + g * '1 min'::interval,
            jsonb_build_object('n', g, 's', 'v' || g), decode(md5(g::text), 'hex'), ARRAY['a', NULL, g::text], 'Name' || g, ('a.b' || g)::ltree, 'ok', '2024-01-01'::date + g, g * '1 s'::interval, 'n', 'o', '<a/>'
            FROM generate_series(1, 40) g;
        INSERT INTO {t} (b) VALUES ('');
        CREATE INDEX {t}_i ON {t} (b, a DESC); ALTER SEQUENCE {t}_id_seq CACHE 3;
        CREATE VIEW {t}_v AS SELECT {t}.id, {t}.b FROM {t} WHERE {t}.a > 3;
        CREATE FUNCTION {t}_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'; CREATE TRIGGER {t}_t BEFORE INSERT ON {t} FOR EACH ROW EXECUTE FUNCTION {t}_f();
        CREATE TYPE {t}_e AS ENUM ('one', 'two'); CREATE DOMAIN {t}_d AS int CHECK (VALUE > 0); CREATE POLICY {t}_p ON {t} USING (a > 0)
        """;

    // What is done in the other database, and what is to be found: rows, or a kind of object.
    static readonly (string Sql, string Found)[] Rows =
    [
        ("DELETE FROM {t} WHERE id = 17", "id=17: missing"),
        ("INSERT INTO {t} (id, b) VALUES (-1, 'more')", "id=-1: not in the reference"),
        ("UPDATE {t} SET b = overlay(b placing 'T' from 1 for 1) WHERE id = 5", "id=5: b: 6 bytes, now 6 bytes"),
        ("UPDATE {t} SET b = b || ' ' WHERE id = 5", "id=5: b: 6 bytes, now 7 bytes"),
        ("UPDATE {t} SET b = 'NULL' WHERE id = 41", "id=41: b: 0 bytes, now 4 bytes"),
        ("UPDATE {t} SET i = '' WHERE id = 41", "id=41: i: NULL, now 0 bytes"),
        ("UPDATE {t} SET a = NULL WHERE id = 3", "id=3: a: 1 byte, now NULL"),
        ("UPDATE {t} SET a = 4294967 WHERE id = 3", "id=3: a: 1 byte, now 7 bytes"),
        ("UPDATE {t} SET c = round(c, 3) WHERE id = 8", "id=8: c: 22 bytes, now 5 bytes"),
        ("UPDATE {t} SET c = 1.50 WHERE id = 12", "id=12: c: 18 bytes, now 4 bytes"),
        ("UPDATE {t} SET d = d + 1e-15 WHERE id = 1", "id=1: d: 18 bytes, now 18 bytes"),
        ("UPDATE {t} SET d = '-0' WHERE id = 41; UPDATE {t} SET d = NULL WHERE id = 41; UPDATE {t} SET d = '-0' WHERE id = 41", "id=41: d: NULL, now 2 bytes"),
        ("UPDATE {t} SET e = e + '1 microsecond'::interval WHERE id = 2", "id=2: e: 29 bytes, now 29 bytes"),
        ("UPDATE {t} SET e = e + '4294967296 microseconds'::interval WHERE id = 2", "id=2: e: 29 bytes, now 29 bytes"),
        ("UPDATE {t} SET f = '{\"n\": 2.0, \"s\": \"v2\"}' WHERE id = 2", "id=2: f: 19 bytes, now 21 bytes"),
        ("UPDATE {t} SET f = 'null' WHERE id = 41", "id=41: f: NULL, now 4 bytes"),
        ("UPDATE {t} SET g = set_byte(g, 3, (get_byte(g, 3) + 1) % 256) WHERE id = 4", "id=4: g: 34 bytes, now 34 bytes"),
        ("UPDATE {t} SET h = ARRAY['a', 'NULL', '6'] WHERE id = 6", "id=6: h: 10 bytes, now 12 bytes"),
        ("UPDATE {t} SET h = ARRAY[NULL, 'a', '6'] WHERE id = 6", "id=6: h: 10 bytes, now 10 bytes"),
        ("UPDATE {t} SET i = upper(i::text) WHERE id = 7", "id=7: i: 5 bytes, now 5 bytes"),
        ("UPDATE {t} SET j = 'a.b7.c' WHERE id = 7", "id=7: j: 4 bytes, now 6 bytes"),
        ("UPDATE {t} SET k = 'sad' WHERE id = 9", "id=9: k: 2 bytes, now 3 bytes"),
        ("UPDATE {t} SET l = l + 1 WHERE id = 10", "id=10: l: 10 bytes, now 10 bytes"),
        ("UPDATE {t} SET m = '60 min' WHERE id = 10; UPDATE {t} SET m = '10.000001 s' WHERE id = 10", "id=10: m: 8 bytes, now 15 bytes"),
        ("UPDATE {t} SET n = ' n' WHERE id = 10", "id=10: n: 5 bytes, now 5 bytes"),
        ("UPDATE {t} SET o = 'O' WHERE id = 10", "id=10: o: 1 byte, now 1 byte"),
        ("UPDATE {t} SET p = '<a></a>' WHERE id = 10", "id=10: p: 4 bytes, now 7 bytes"),
        ("UPDATE {t} x SET b = y.b FROM {t} y WHERE (x.id, y.id) IN ((20, 21), (21, 20))", "id=20: b: 7 bytes, now 7 bytes|id=21: b: 7 bytes, now 7 bytes"),
        ("UPDATE {t} SET b = i::text, i = b WHERE id = 22", "id=22: b: 7 bytes, now 6 bytes; i: 6 bytes, now 7 bytes"),
    ];

    static readonly (string Sql, string Found)[] Objects =
    [
        ("SELECT setval('{t}_id_seq', 3)", "Sequence public.{t}_id_seq: next value 42, now 4, but public.{t}.id has 41"),
        ("ALTER SEQUENCE {t}_id_seq MAXVALUE 1000", "Sequence public.{t}_id_seq: sequence"),
        ("DROP INDEX {t}_i", "Index public.{t}_i is missing"),
        ("DROP INDEX {t}_i; CREATE INDEX {t}_i ON {t} (b, a)", "Index public.{t}_i: definition"),
        ("CREATE INDEX {t}_more ON {t} (c)", "Index public.{t}_more is not in the reference"),
        ("ALTER TABLE {t} ALTER a DROP DEFAULT", "Column public.{t}.a: default 7, now not set"),
        ("ALTER TABLE {t} ALTER b SET DEFAULT 'y'", "Column public.{t}.b: default 'x'::text, now 'y'::text"),
        ("ALTER TABLE {t} ALTER b DROP NOT NULL", "Column public.{t}.b: null not null, now not set"),
        ("ALTER TABLE {t} ALTER m TYPE interval(3)", "Column public.{t}.m: type interval, now interval(3)"),
        ("ALTER TABLE {t} DROP COLUMN o", "Column public.{t}.o is missing"),
        ("ALTER TABLE {t} ADD COLUMN z int", "Column public.{t}.z is not in the reference"),
        ("ALTER TABLE {t} DROP CONSTRAINT {t}_c", "Constraint public.{t}.{t}_c is missing"),
        ("ALTER TABLE {t} DROP CONSTRAINT {t}_pkey", "Constraint public.{t}.{t}_pkey is missing"),
        ("ALTER TABLE {t} DROP CONSTRAINT {t}_c; ALTER TABLE {t} ADD CONSTRAINT {t}_c CHECK (a < 10000000) NOT VALID", "Constraint public.{t}.{t}_c: definition"),
        ("DROP VIEW {t}_v", "View public.{t}_v is missing"),
        ("CREATE OR REPLACE VIEW {t}_v AS SELECT {t}.id, {t}.b FROM {t} WHERE {t}.a > 4", "View public.{t}_v: definition"),
        ("CREATE OR REPLACE FUNCTION {t}_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN old; END'", "Function public.{t}_f(): body"),
        ("ALTER FUNCTION {t}_f() SECURITY DEFINER", "Function public.{t}_f(): security definer not set, now yes"),
        ("DROP TRIGGER {t}_t ON {t}", "Trigger public.{t}.{t}_t is missing"),
        ("ALTER TABLE {t} DISABLE TRIGGER {t}_t", "Trigger public.{t}.{t}_t: firing not set, now D"),
        ("ALTER TYPE {t}_e ADD VALUE 'three'", "Type public.{t}_e: labels 'one', 'two', now 'one', 'two', 'three'"),
        ("ALTER DOMAIN {t}_d DROP CONSTRAINT {t}_d_check", "Constraint public.{t}_d.{t}_d_check is missing"),
        ("DROP POLICY {t}_p ON {t}", "Policy public.{t}.{t}_p is missing"),
        ("ALTER TABLE {t} ENABLE ROW LEVEL SECURITY", "Table public.{t}: row level security not set, now enabled"),
        ("GRANT SELECT ON {t} TO PUBLIC", "Table public.{t}: grants not set, now PUBLIC SELECT"),
        ("GRANT UPDATE (a) ON {t} TO PUBLIC", "Column public.{t}.a: column grants not set, now PUBLIC UPDATE"),
        ("ALTER TABLE {t} SET UNLOGGED; ALTER TABLE {t} SET LOGGED; ALTER TABLE {t} SET (fillfactor = 50)", "Table public.{t}: options not set, now fillfactor=50"),
    ];

    [Theory]
    [InlineData(14, 17)]
    [InlineData(18, 18)]
    public async Task Every_planted_difference_is_found_and_nothing_else(int from, int to)
    {
        const int Count = 200;
        var pair = await Pair.CreateAsync(servers, from, to, "CREATE EXTENSION citext; CREATE EXTENSION ltree; CREATE TYPE mood AS ENUM ('sad', 'ok')");
        var planted = Enumerable.Range(0, Count).Select(number => (
            Table: $"t{number:000}", IsRow: number % 2 == 0, Plant: number % 2 == 0 ? Rows[number / 2 % Rows.Length] : Objects[number / 2 % Objects.Length])).ToList();
        foreach (var tenant in new[] { pair.Reference, pair.Difference })
        {
            foreach (var chunk in planted.Chunk(20))
            {
                await tenant.AskAsync(string.Join(";\n", chunk.Select(one => Table.Replace("{t}", one.Table, StringComparison.Ordinal))));
            }
        }

        var before = await pair.CompareAsync();
        Assert.True(before.IsEqual, string.Join('\n', before.Findings));
        foreach (var chunk in planted.Chunk(20))
        {
            await pair.Difference.AskAsync(string.Join(";\n", chunk.Select(one => one.Plant.Sql.Replace("{t}", one.Table, StringComparison.Ordinal))));
        }

        var comparison = await pair.CompareAsync(new() { IsDetailed = true });

        var rows = comparison.DifferentTables.ToDictionary(table => table.Name, table => string.Join('|', table.Rows.Select(row => row.ToString()).Order(StringComparer.Ordinal)));
        var objects = comparison.Objects.Where(one => one.Property != "version" && one.Name != "public").Select(one => one.ToString()).ToList();
        foreach (var (table, isRow, (sql, wanted)) in planted)
        {
            var found = wanted.Replace("{t}", table, StringComparison.Ordinal);
            if (isRow)
            {
                Assert.True(rows.Remove($"public.{table}", out var shown), sql);
                Assert.True(shown == found, $"{sql}\n{found}\n{shown}");
            }
            else
            {
                Assert.True(objects.RemoveAll(one => one.StartsWith(found, StringComparison.Ordinal)) >= 1, $"{sql}\n{found}\n{string.Join('\n', objects.Where(one => one.Contains(table, StringComparison.Ordinal)))}");
                rows.Remove($"public.{table}");
            }
        }

        Assert.Equal([], rows.Select(row => $"{row.Key}: {row.Value}"));
        Assert.Equal([], objects);
        Assert.False(comparison.IsEqual);
    }

    [Theory]
    [InlineData(14, 18)]
    public async Task A_row_that_is_there_twice_is_found_without_a_key(int from, int to)
    {
        var pair = await Pair.CreateAsync(servers, from, to, "CREATE TABLE t (a text, b int); INSERT INTO t SELECT 'same', g % 3 FROM generate_series(1, 30) g");
        await pair.Difference.AskAsync("INSERT INTO t VALUES ('same', 1); DELETE FROM t WHERE ctid = (SELECT ctid FROM t WHERE b = 2 LIMIT 1)");

        var table = Assert.Single((await pair.CompareAsync(new() { IsDetailed = true })).DifferentTables);

        // As many rows as before, and not the same.
        Assert.Equal((30, 30), (table.ReferenceRows, table.DifferenceRows));
        Assert.Equal([ObjectChange.Missing, ObjectChange.Extra], table.Rows.Select(row => row.Change).Order());
        Assert.True(table.HasAllRows);
        Assert.Equal(FindingStatus.Fail, table.Status);
    }

    [Fact]
    public async Task The_fix_of_a_sequence_is_run_as_it_stands()
    {
        var pair = await Pair.CreateAsync(
            servers, 14, 18, "CREATE SCHEMA \"Odd \"\"s'\"; CREATE TABLE \"Odd \"\"s'\".t (id serial, down int); INSERT INTO \"Odd \"\"s'\".t (down) SELECT -g FROM generate_series(1, 9) g",
            "SET search_path = \"Odd \"\"s'\"; CREATE SEQUENCE down INCREMENT -1 MINVALUE -100 OWNED BY \"Odd \"\"s'\".t.down; SELECT nextval('down'), nextval('down'), nextval('down'), nextval('down'), nextval('\"Odd \"\"s''\".down')");
        await pair.Difference.AskAsync("SELECT setval('\"Odd \"\"s''\".t_id_seq', 2), setval('\"Odd \"\"s''\".down', -2)");

        var finding = (await pair.CompareAsync()).Findings.Single(one => one.Id == "Compare.NextValue");
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Equal(RemedyKind.Sql, finding.Fix!.Kind);
        await pair.Difference.AskAsync(finding.Fix.Text);

        var after = await pair.CompareAsync();
        Assert.True(after.IsEqual, string.Join('\n', after.Findings));
        Assert.Equal("10 -10", await pair.Difference.AskAsync("SELECT nextval('\"Odd \"\"s''\".t_id_seq') || ' ' || nextval('\"Odd \"\"s''\".down')"));
    }
}
