namespace LangSmithPg.Benchmarks;

/// <summary>The plan of an ownership transfer over 1,000, 10,000 and 50,000 tables, beside psql that but lists them.</summary>
static class OwnershipBenchmark
{
    public static async Task RunAsync()
    {
        int[] sizes = [1_000, 10_000, 50_000];
        await using var server = await ReadyServer.StartAsync(
            0, ["CREATE ROLE successor", $"GRANT successor TO {ReadyServer.Role}", .. sizes.Select(size => $"CREATE DATABASE tables{size} OWNER {ReadyServer.Role} STRATEGY file_copy")]);
        using var session = new WarmSession();
        var list = Path.Combine(AppContext.BaseDirectory, "list-tables.sql");
        File.WriteAllText(list, "select c.oid::regclass, c.relkind, pg_total_relation_size(c.oid) from pg_class c where pg_get_userbyid(c.relowner) = current_user;\n");
        foreach (var size in sizes)
        {
            var database = $"tables{size}";
            await MakeTablesAsync(server, database, size);
            session.SetConnections(server.Endpoint, [database]);
            await SideBySide.RunAsync(
                $"Plan to hand over {size} tables", rounds: 3,
                Contender.Timed("Set-LangSmithPgOwner -WhatIf", () => session.Run(
                    $"$connections | Set-LangSmithPgOwner -From {ReadyServer.Role} -To successor -TimeoutSeconds 600 -WhatIf | Out-Null")),
                [Contender.Timed("psql, a list of the tables with their sizes", () => Psql.RunAsync(server.Endpoint, database, list))], size);
        }
    }

    // A thousand in a transaction: the server has no room for the locks of more.
    static async Task MakeTablesAsync(ReadyServer server, string database, int count)
    {
        var make = Path.Combine(AppContext.BaseDirectory, "make-tables.sql");
        File.WriteAllText(
            make,
            $"""
            do $$ begin
              for batch in 0..{(count / 1000) - 1} loop
                for number in 1..1000 loop execute format('create table t%s_%s (id int)', batch, number); end loop;
                commit;
              end loop;
            end $$;
            select 1;
            """);
        await Psql.RunAsync(server.Endpoint, database, make);
    }
}
