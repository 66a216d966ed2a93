using LangSmithPg.Servers;
using LangSmithPg.SupportQueries;

namespace LangSmithPg.Postgres.Tests.SupportQueries;

/// <summary>A file that tries to change a database that it may only read.</summary>
public sealed class EscapeTests(SharedServers servers)
{
    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task Nothing_is_written_whatever_is_tried(int major)
    {
        Assert.SkipWhen(major < 14, "Support queries need version 14.");
        var tenant = await CreateAsync(major);
        foreach (var (script, state) in (IEnumerable<(string, string?)>)[
            ("do $$begin update t set a = 2; end$$;", null),
            ("with x as (update t set a = 2 returning a) select * from x;", null),
            ("select write_it();", null),
            ("select nextval('t_id_seq');", null),
            ("call write_and_commit();", null),
            ("explain analyze insert into t values (1);", null),
            ("prepare p as delete from t; execute p;", null),
            ("do $$begin commit; end$$;", "2D000"),
            ("call commit_it();", "2D000"),
            ("select set_config('transaction_read_only', 'off', false);", "25001"),
            ("do $$begin set transaction read write; update t set a = 2; end$$;", "25001"),
            ("do $$begin perform set_config('transaction_read_only', 'off', true); exception when others then update t set a = 2; end$$;", null),
            ("select 1 as a \\gset\nselect write_it();", null),
            ("select 'write_it()' as f \\gset\nselect :f;", null)])
        {
            var queries = await Queries.RunAsync(tenant, script);
            Assert.Equal("1 f", await tenant.AskAsync("select string_agg(a::text, ',') || ' ' || (select case when is_called then 't' else 'f' end from t_id_seq) from t"));
            if (state is null)
            {
                Assert.Equal(SupportQueryProblemKind.WriteNotAllowed, queries.Outcome.Problem?.Kind);
                Assert.Contains("-AllowWrite", queries.Outcome.Problem!.Fix, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(state, queries.Error.SqlState);
            }

            Assert.False(queries.Outcome.IsCommitted);
        }
    }

    // Checked only as they run: the text comes from the server.
    [Theory]
    [InlineData("select 'commit' as c \\gset\n:c;\nselect write_it();", "StatementNotAllowed")]
    [InlineData("select '1; commit' as c \\gset\nselect :c;", "ScriptVariableNotUsable")]
    [InlineData("select 'select pg_' || 'reload_conf()' as c \\gset\n:c;", "WriteNotAllowed")]
    [InlineData("select 1 as a \\gset\n\\if :none\n\\endif", "ScriptInvalid")]
    [InlineData("select 1 as a \\gset\nselect :none;", "ScriptVariableMissing")]
    [InlineData("select 1 as a where false \\gset", "ScriptInvalid")]
    [InlineData("select generate_series(1, 100000) as a \\gset", "ScriptInvalid")]
    public async Task What_comes_from_the_server_is_checked_too(string script, string kind)
    {
        var tenant = await CreateAsync(18);
        var queries = await Queries.RunAsync(tenant, script);
        Assert.Equal(kind, $"{queries.Outcome.Problem?.Kind}");
        Assert.Equal("1", await tenant.AskAsync("select a::text from t"));
    }

    // A script that reads quotes otherwise than the server would smuggle a statement in: each text must be one statement to the server, too.
    [Theory]
    [InlineData("select set_config('standard_conforming_strings', 'off', false);\ncopy (select '\\'') to stdout; commit; delete from t; --') to stdout;")]
    [InlineData("select set_config('standard_conforming_strings', 'off', false);\nselect '\\''; commit; delete from t; --';")]
    [InlineData("select E'a'\n'\\''; commit; delete from t; --';")]
    [InlineData("copy (select E'a'\n'\\'') to stdout; commit; delete from t; --') to stdout;")]
    public async Task No_statement_hides_in_another(string script)
    {
        var tenant = await CreateAsync(18);
        SupportQueryOutcome? outcome = null;
        try
        {
            outcome = (await Queries.RunAsync(tenant, script)).Outcome;
        }
        catch (SupportQueryException refused)
        {
            Assert.NotEqual("", refused.Fix);
        }

        Assert.True(outcome is null or { Problem: not null } or { Error: not null }, $"{outcome}");
        Assert.Equal("1", await tenant.AskAsync("select a::text from t"));
    }

    [Fact]
    public async Task Writing_is_counted_asked_for_and_all_or_nothing()
    {
        var tenant = await CreateAsync(18);
        const string Script = "update t set a = a + 1;\ninsert into t (a) values (7), (8);\ndo $$begin delete from t where a = 7; end$$;\nselect write_it();\ncreate table u ();\nselect 1;";

        var declined = await Queries.RunAsync(tenant, Script, allowsWrites: true, isConfirmed: false);
        declined.ThrowIfFailed();
        Assert.False(declined.Outcome.IsCommitted);
        Assert.Equal(
            [
                "line 1: public.t: 1 row updated", "line 2: public.t: 2 rows inserted", "line 3: public.t: 1 row deleted", "line 4: public.t: 2 rows updated", "line 5: CREATE",
            ],
            declined.Asked!.Select(change => change.ToString()));
        Assert.Equal("1", await tenant.AskAsync("select string_agg(a::text, ',') from t"));

        var failed = await Queries.RunAsync(tenant, $"{Script}\nselect 1/0;", allowsWrites: true);
        Assert.Equal(("22012", 7), (failed.Error.SqlState, failed.Outcome.Line));
        Assert.Null(failed.Asked);
        Assert.Equal("1", await tenant.AskAsync("select string_agg(a::text, ',') from t"));

        var done = await Queries.RunAsync(tenant, Script, allowsWrites: true);
        Assert.True(done.Outcome.IsCommitted);
        Assert.Equal("2,2", await tenant.AskAsync("select string_agg(a::text, ',') from t"));

        // Nothing to ask about.
        var idle = await Queries.RunAsync(tenant, "update t set a = 5 where false; select 1;", allowsWrites: true);
        Assert.Null(idle.Asked);
        Assert.False(idle.Outcome.IsCommitted);
    }

    [Fact]
    public async Task Time_limits_are_the_server_s()
    {
        var tenant = await CreateAsync(18);
        var queries = await Queries.RunAsync(tenant, "select 1;\nselect current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('transaction_read_only');");
        Assert.Equal(["1", "1min|1s|on"], queries.Rows);
        var lifted = await Queries.RunAsync(tenant, "set statement_timeout = 10; select pg_sleep(5);");
        Assert.Equal(ServerErrorKind.TimedOut, lifted.Error.Kind);
    }

    [Fact]
    public async Task What_the_server_says_is_passed_on()
    {
        var tenant = await CreateAsync(18);
        var queries = await Queries.RunAsync(tenant, "\\echo first\ndo $$begin raise notice 'second %', 2; raise warning 'third'; end$$;");
        Assert.Equal(["first", "NOTICE: second 2", "WARNING: third"], queries.Said);
    }

    async Task<Tenant> CreateAsync(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));
        await tenant.AskAsync(
            $"""
            create table t (a int); insert into t values (1); create sequence t_id_seq;
            create function write_it() returns void language plpgsql as 'begin update t set a = 2; end';
            create procedure write_and_commit() language plpgsql as 'begin update t set a = 2; commit; end';
            create procedure commit_it() language plpgsql as 'begin commit; end';
            alter table t owner to {tenant.QuotedRole}; alter sequence t_id_seq owner to {tenant.QuotedRole}; grant all on schema public to {tenant.QuotedRole}; alter function write_it() owner to {tenant.QuotedRole};
            """);
        return tenant;
    }
}
