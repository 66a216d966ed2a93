namespace LangSmithPg.Postgres.Tests.SupportQueries;

/// <summary>The same scripts through psql: the same statements, the same rows.</summary>
public sealed class PsqlTests(SharedServers servers)
{
    const int RandomScripts = 40;

    [Fact]
    public async Task Random_scripts_send_and_give_what_they_do_in_psql()
    {
        var psql = Psql.Find();
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        for (var seed = 0; seed < RandomScripts; seed++)
        {
            var random = new RandomScript(seed);
            await AssertSameAsync(psql, tenant, $"{random}\nselect 0;", random.Variables);
        }
    }

    [Theory]
    [InlineData("select 1 as a \\q\nselect 2;")]
    [InlineData("select 1")]
    [InlineData("select null, 1.50, true, '{1,NULL}'::int[], 'infinity'::timestamptz, '1 mon'::interval, '\\x00'::bytea, 'a'::\"char\", row(1,'b');")]
    [InlineData("copy (select g, 'a' || g from generate_series(1, 3) g) to stdout;\ncopy (values (1, null)) to stdout with (format csv, header);")]
    [InlineData("select 1 as a, 2 as a, 3;\nselect 4 as b where false;")]
    [InlineData("select 'a' as x, null as y \\gset q_\n\\echo :q_x :{?q_y}\n\\if :{?q_y}\n\\else\nselect :'q_x';\n\\endif")]
    [InlineData("prepare p as select $1::int; execute p(1);declare c cursor with hold for select 1; fetch c; do $$begin perform 1; end$$; explain (costs off) select 1;")]
    [InlineData("select E'a'\n'bc', 1 as a$b$ from (select 1 as x) s;")]
    [InlineData("\\if true\n\\echo a\\\\ select 1;\\echo b\n\\elif bad\n\\endif \nselect (1\n\\if false\n, (\n\\endif\n);")]
    public async Task Scripts_send_and_give_what_they_do_in_psql(string script)
    {
        var psql = Psql.Find();
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await AssertSameAsync(psql, tenant, script, new() { ["v"] = "x" });
    }

    static async Task AssertSameAsync(Psql psql, Tenant tenant, string script, Dictionary<string, string> variables)
    {
        var (shown, rows) = await Shown.ByPsqlAsync(psql, tenant, script, variables);
        var queries = await Queries.RunAsync(tenant, script, variables);
        queries.ThrowIfFailed();
        Assert.True(shown == queries.Shown, $"{script}\n=== psql\n{shown}\n=== here\n{queries.Shown}");
        Assert.Equal(rows, string.Concat(queries.Rows.Select(line => $"{line}\n")));
    }
}
