using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.SupportQueries;

/// <summary>Support queries at the prompt.</summary>
public sealed class SupportQueryCmdletTests : IDisposable
{
    const int Many = 60_000;

    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public SupportQueryCmdletTests(LiveServer server)
    {
        _session.Set("password", LiveServer.Password);
        _session.Set("folder", _folder.Path);
        _session.Run($"$connection = New-LangSmithPgConnectionString {server.Arguments("owner", "queried")}").ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Rows_are_objects_with_values_of_their_types()
    {
        var file = Write("types.sql", """
            \echo 'Rows of' :who
            select 1 as id, 2 as "ID", true as yes, null as nothing, 1.50 as price, '2026-07-24 02:00:00+02'::timestamptz as "at", '{1,2}'::int[] as list, '{"a": 1}'::jsonb as doc, :'who' as who;
            """);
        var result = _session.Run($"$connection | Invoke-LangSmithPgSupportQuery -Path '{file}' -Variable @{{ who = \"it's\" }}");
        result.ThrowIfFailed();
        var row = result.Single;
        Assert.Equal(["id", "ID1", "yes", "nothing", "price", "at", "list", "doc", "who"], row.Properties.Select(property => property.Name));
        Assert.Equal([1, 2, true, null, 1.50m, new DateTime(2026, 7, 24, 0, 0, 0, DateTimeKind.Utc)], row.Properties.Take(6).Select(property => property.Value));
        Assert.Equal("{1,2}", row.Properties["list"].Value.ToString());
        Assert.Equal(["{\"a\": 1}", "it's"], row.Properties.Skip(7).Select(property => property.Value));
        Assert.Contains("LangSmithPg.SupportQueryRow", row.TypeNames);
        Assert.Contains("Rows of it's", result.Other);
        Assert.Equal(2, _session.Run($"(Invoke-LangSmithPgSupportQuery $connection '{file}' -Variable @{{ who = 1 }}).list[1]").Single.BaseObject);

        var text = _session.Run($"$connection | Invoke-LangSmithPgSupportQuery '{file}' -Variable @{{ who = 'x' }} -AsText".Replace("Query '", "Query -Path '", StringComparison.Ordinal)).Single;
        Assert.Equal(["1", "2", "t", null, "1.50", "2026-07-24 00:00:00+00", "{1,2}", "{\"a\": 1}", "x"], text.Properties.Select(property => property.Value));
        Assert.Contains("1.50", _session.Show($"$connection | Invoke-LangSmithPgSupportQuery -Path '{file}' -Variable @{{ who = 'x' }}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_results_are_shown_one_after_the_other()
    {
        var file = Write("two.sql", "select 1 as first, 'a' as name; select 2 as second, 'b' as value;");
        var shown = _session.Show($"$connection | Invoke-LangSmithPgSupportQuery -Path '{file}'");
        Assert.Equal("first : 1\nname  : a\n\nsecond : 2\nvalue  : b", string.Join('\n', shown.Trim().Split('\n').Select(line => line.TrimEnd())));
    }

    [Fact]
    public void Lines_of_a_copy_are_text()
    {
        var file = Write("copy.sql", "copy (select g, 'x,' || g as \"a b\" from generate_series(1, 2) g) to stdout with (format csv, header);");
        Assert.Equal(["g,a b", "1,\"x,1\"", "2,\"x,2\""], _session.Run($"$connection | Invoke-LangSmithPgSupportQuery -Path '{file}'").Output.Select(line => line.BaseObject));
    }

    [Fact]
    public void Files_come_by_wildcard_by_pipeline_and_as_they_are_named()
    {
        Write("a [1].sql", "select 'a' as one;");
        Write("b.sql", "select 'b' as one;");
        Write("c.txt", "select 'c' as one;");
        Assert.Equal(["a", "b"], Values("$connection | Invoke-LangSmithPgSupportQuery -Path \"$folder/*.sql\""));
        Assert.Equal(["c", "b"], Values("Invoke-LangSmithPgSupportQuery $connection \"$folder/c.txt\", \"$folder/b.sql\""));
        Assert.Equal(["a"], Values("Invoke-LangSmithPgSupportQuery $connection -LiteralPath \"$folder/a [1].sql\""));
        Assert.Equal(["b", "c"], Values("[IO.FileInfo]\"$folder/b.sql\", [pscustomobject]@{ Path = \"$folder/c.txt\" } | Invoke-LangSmithPgSupportQuery -Connection $connection"));
        Assert.Equal(["b", "b"], Values("$connection, $connection | Invoke-LangSmithPgSupportQuery -Path \"$folder/b.sql\""));

        // A file in the pipeline that is a connection is not a query.
        _session.Run("$connection | Set-LangSmithEnvFile \"$folder/connection.env\"").ThrowIfFailed();
        Assert.Equal(["b"], Values("[IO.FileInfo]\"$folder/connection.env\" | Invoke-LangSmithPgSupportQuery -Path \"$folder/b.sql\""));

        // One that is not there is an error of its own.
        var result = _session.Run("$connection | Invoke-LangSmithPgSupportQuery -Path \"$folder/none.sql\", \"$folder/b.sql\", $folder");
        Assert.Single(result.Output);
        Assert.Equal(2, result.Errors.Count);
        Assert.Equal("NotAPath", _session.Run("$connection | Invoke-LangSmithPgSupportQuery").ErrorId);

        IEnumerable<object?> Values(string script) => _session.Run(script).Output.Select(row => row.Properties["one"].Value);
    }

    [Theory]
    [InlineData("select 1;\n\\copy x", "ScriptCommandNotSupported", ", line 2: The command \\copy of psql is not supported.")]
    [InlineData("select :none;", "ScriptVariableMissing", ", line 1: The script uses the variable none, which has no value.")]
    [InlineData("commit;", "StatementNotAllowed", ", line 1: COMMIT controls a transaction.")]
    [InlineData("select 1;\ndelete from t;", "WriteNotAllowed", ", line 2: DELETE changes the database. Nothing was changed.")]
    [InlineData("select 'x", "ScriptInvalid", ", line 1: A text in quotes begins here and does not end.")]
    public void What_is_wrong_with_a_file_is_said_before_anything_is_sent(string script, string id, string message)
    {
        var file = Write("bad.sql", script);
        // Nobody listens there.
        var result = _session.Run($"'u:p@127.0.0.1:1/d', 'u:p@127.0.0.1:1/d' | Invoke-LangSmithPgSupportQuery -Path '{file}'");
        Assert.Equal(id, result.ErrorId);
        Assert.Contains($"{file}{message}", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.NotEqual("", result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void What_the_server_refuses_names_the_file_and_the_line()
    {
        var file = Write("wrong.sql", "select 1 as n;\n\n/* a\n */ select 1,\n  no_column from pg_class;");
        var result = _session.Run($"$connection | Invoke-LangSmithPgSupportQuery -Path '{file}'");
        Assert.Single(result.Output);
        Assert.Contains($"{file}, line 5: 42703 column \"no_column\" does not exist. Nothing was changed.", result.Errors[0].ToString(), StringComparison.Ordinal);
        var writing = _session.Run($"$connection | Invoke-LangSmithPgSupportQuery -Path '{Write("hidden.sql", "select 1 as n;\ndo $$begin create table x (); end$$;")}'");
        Assert.Equal("WriteNotAllowed", writing.ErrorId);
        Assert.Contains("hidden.sql, line 2: The statement writes:", writing.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_says_what_it_changes_and_asks()
    {
        const string Count = "select count(*) as n from kept";
        var create = Write("create.sql", "create table if not exists kept (a int); truncate kept;");
        var insert = Write("insert.sql", "insert into kept select generate_series(1, 3); update kept set a = 0 where a = 1 returning a;");
        _session.Run($"$connection | Invoke-LangSmithPgSupportQuery -Path '{create}' -AllowWrite -Confirm:$false").ThrowIfFailed();

        // -WhatIf runs it and rolls it back.
        var shown = _session.Show($"$connection | Invoke-LangSmithPgSupportQuery -Path '{insert}' -AllowWrite -WhatIf").Replace("\n", "", StringComparison.Ordinal);
        Assert.Contains("What if: Commit the changes of insert.sql in localhost", shown, StringComparison.Ordinal);
        Assert.Contains("line 1: public.kept: 3 rows inserted; line 1: public.kept: 1 row updated.", shown, StringComparison.Ordinal);
        Assert.Equal(0L, Kept());

        // Nobody is there to ask: nothing is changed.
        var unattended = _session.Run($"$connection | Invoke-LangSmithPgSupportQuery -Path '{insert}' -AllowWrite");
        Assert.Equal("NotConfirmed", unattended.ErrorId);
        Assert.Equal(0L, Kept());

        var done = _session.Run($"$connection | Invoke-LangSmithPgSupportQuery -Path '{insert}' -AllowWrite -Confirm:$false -Verbose");
        done.ThrowIfFailed();
        Assert.Single(done.Output);
        Assert.Contains(done.Verbose, line => line.Contains("Committed: line 1: public.kept: 3 rows inserted", StringComparison.Ordinal));
        Assert.Equal(3L, Kept());

        object Kept() => _session.Run($"(Invoke-LangSmithPgSupportQuery $connection '{Write("count.sql", Count)}').n").Single.BaseObject;
    }

    [Fact]
    public void Many_rows_pass_without_staying_and_only_as_far_as_they_are_wanted()
    {
        var file = Write("many.sql", $"select g, repeat('x', 1000) as text from generate_series(1, {Many}) g;");
        _session.Set("most", new long[1]);
        var counted = _session.Run($$"""
            $count = 0
            $connection | Invoke-LangSmithPgSupportQuery -Path '{{file}}' | ForEach-Object { if (++$count % 15000 -eq 0) { $most[0] = [Math]::Max($most[0], [GC]::GetTotalMemory($true)) } }
            $count
            [GC]::GetTotalMemory($true)
            """);
        counted.ThrowIfFailed();
        Assert.Equal(Many, counted.Output[0].BaseObject);
        // The rows themselves are more than 100 MB.
        var most = (long)_session.Run("$most[0]").Single.BaseObject;
        Assert.InRange(most - (long)counted.Output[1].BaseObject, long.MinValue, 30_000_000);
        Assert.Equal([1, 2], _session.Run($"foreach ($once in 1) {{ $connection | Invoke-LangSmithPgSupportQuery -Path '{file}' | ForEach-Object {{ $_.g; if ($_.g -eq 2) {{ break }} }} }}").Output.Select(row => row.BaseObject));
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("@(1, 2)")]
    [InlineData("$password")]
    public void A_value_that_no_variable_can_have_is_refused(string value)
    {
        _session.Run("$password = [securestring]::new()").ThrowIfFailed();
        var result = _session.Run($"$connection | Invoke-LangSmithPgSupportQuery -Path x.sql -Variable @{{ x = {value} }}");
        Assert.Equal("ScriptVariableNotUsable", result.ErrorId);
    }

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("$true", "true")]
    [InlineData("[datetime]::new(2026, 7, 24, 1, 2, 3, [DateTimeKind]::Utc)", "2026-07-24 01:02:03+00:00")]
    [InlineData("[guid]'6f9619ff-8b86-d011-b42d-00c04fc964ff'", "6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    public void Values_are_written_as_PostgreSQL_reads_them(string value, string expected) => Assert.Equal(
        expected, _session.Run($"(Invoke-LangSmithPgSupportQuery $connection '{Write("value.sql", "select :'x' as x;")}' -Variable @{{ x = {value} }}).x").Single.BaseObject);

    string Write(string name, string text)
    {
        var path = Path.Join(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
