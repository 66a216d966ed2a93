namespace LangSmithPg.Benchmarks;

/// <summary>A comparison of two equal databases of 400 MB, beside psql that adds up a hash of every row of both at once.</summary>
static class CompareBenchmark
{
    const int Tables = 20;

    static readonly string[] Databases = ["reference", "difference"];

    public static async Task RunAsync()
    {
        await using var server = await ReadyServer.StartAsync(0, [.. Databases.Select(database => $"CREATE DATABASE {database} OWNER {ReadyServer.Role} STRATEGY file_copy")]);
        using var session = new WarmSession();
        var fill = Script(
            "fill.sql",
            $"""
            do $$ begin
              for number in 1..{Tables} loop
                execute format('create table runs_%s (id bigint primary key, started timestamptz, tags jsonb, inputs text)', number);
                execute format($q$insert into runs_%s
                  select i, timestamptz '2026-01-01' + i * interval '1 second', jsonb_build_object('run', i, 'tags', array[md5(i::text), 'a']), repeat(md5(i::text), 24)
                  from generate_series(1, 22000) i$q$, number);
              end loop;
            end $$;
            select 1;
            """);
        await Task.WhenAll(Databases.Select(database => Psql.RunAsync(server.Endpoint, database, fill)));
        // What pgcopydb's compare data runs, and half the bits of this module's hash.
        var sums = Script("sums.sql", string.Concat(Enumerable.Range(1, Tables).Select(number => $"select count(*), sum(hashtext(t::text)::bigint) from runs_{number} t;\n")));
        session.SetConnections(server.Endpoint, Databases);
        await SideBySide.RunAsync(
            "Compare two databases of 400 MB", rounds: 3,
            Contender.Timed("Compare-LangSmithPgDatabase", () => session.Run(Compare(""))),
            [
                Contender.Timed("Compare-LangSmithPgDatabase -ThrottleLimit 1", () => session.Run(Compare("-ThrottleLimit 1"))),
                Contender.Timed("psql, sum(hashtext(row::text)) of both at once", () => Task.WhenAll(Databases.Select(database => Psql.RunAsync(server.Endpoint, database, sums)))),
            ]);
    }

    static string Compare(string arguments) =>
        $"if (-not (Compare-LangSmithPgDatabase $connections[0] $connections[1] {arguments}).IsEqual) {{ throw 'They are equal.' }}";

    static string Script(string name, string sql)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        File.WriteAllText(path, sql);
        return path;
    }
}
