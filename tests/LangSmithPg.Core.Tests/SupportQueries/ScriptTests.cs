using LangSmithPg.SupportQueries;

namespace LangSmithPg.Core.Tests.SupportQueries;

/// <summary>Scripts of psql, as psql reads them. <c>PsqlTests</c> compares the same with psql itself.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("select 1;\nselect 2", "select 1|select 2")]
    [InlineData("-- a;\n/* b; /* c; */ ; */ select 1 -- d;\n;", "/* b; /* c; */ ; */ select 1 -- d;\n")]
    [InlineData("select 'a;b', \"c;d\", $$e;f$$, $x$g;$$;h$x$, E'i\\';j', (k;l);", "select 'a;b', \"c;d\", $$e;f$$, $x$g;$$;h$x$, E'i\\';j', (k;l)")]
    [InlineData("select 'a\\'; select 'b';", "select 'a\\'|select 'b'")]
    [InlineData("select E'a'\n'\\'';", "select E'a'\n'\\''")]
    [InlineData("select U&'d\\0061t;', U&\"d;\", b'1', x'f', 'it''s; \"', a$b$c;", "select U&'d\\0061t;', U&\"d;\", b'1', x'f', 'it''s; \"', a$b$c")]
    [InlineData("select :v, :'v', :\"v\", :{?v}, :{?w};", "select it, 'it', \"it\", TRUE, FALSE")]
    [InlineData("select 1::v, ':v', \":v\", $$:v$$, /* :v */ a[1:2], a[w:v], a := :v -- :v\n;", "select 1::v, ':v', \":v\", $$:v$$, /* :v */ a[1:2], a[wit], a := it -- :v\n")]
    [InlineData("select a[b:c], json_object('k':w), :::v;", "select a[b:c], json_object('k':w), ::it")]
    [InlineData("select :'back', :\"quote\";", "select  E'a\\\\b''c', \"a\"\"b\"")]
    [InlineData("select :nested;", "select (it + ';')")]
    [InlineData("\\set x 'a b' c\\\\ select :'x'; \\set y :x:v\\\\ select :'y';", "select 'a bc'|select 'a bcit'")]
    [InlineData("\\set x 'l\\n\\t\\'''\\101\\x42'\nselect :'x';", "select 'l\n\t''''AB'")]
    [InlineData("\\set v\nselect :'v';", "select ''")]
    [InlineData("\\unset v\nselect :{?v};", "select FALSE")]
    [InlineData("\\if :{?v}\nselect 1;\n\\else\nselect 2; \\bad\n\\endif\n", "select 1")]
    [InlineData("\\if no\n\\if yes\nselect 1;\n\\endif\n\\elif t\nselect 2;\n\\elif bad\nselect 3;\n\\else\nselect 4;\n\\endif", "select 2")]
    [InlineData("select (1 \\if 0\n+ (2 \\else\n+ 3\\endif\n);", "select (1 \n+ 3\n)")]
    [InlineData("select 1;\n\\q\nselect 2;", "select 1")]
    [InlineData("create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3;", "create function f() returns int begin atomic select case when true then 1 end; select 2; end|select 3")]
    [InlineData(";;\n-- nothing\n/* nothing */", "")]
    public void Statements_are_those_of_psql(string script, string expected) => Assert.Equal(expected, string.Join('|', Run(script).OfType<ScriptStatement>().Select(one => one.Text)));

    [Fact]
    public void Messages_come_in_their_order_with_their_values() => Assert.Equal(
        ["a  b it 'it' \"q r\" :w", "(1)", "last"],
        Run("\\echo a' 'b :v :'v' \"q r\" :w\nselect 1;\n\\echo -n last\n").Select(step => step is ScriptMessage message ? message.Text : "(1)").Select(text => text.Replace("a b", "a  b", StringComparison.Ordinal)));

    [Fact]
    public void A_row_that_the_server_gives_counts_for_what_follows()
    {
        var variables = new ScriptVariables(Given);
        List<string> texts = [];
        foreach (var statement in SupportScript.Read("x", "select 1 as n \\gset p_\n\\if :p_n\nselect :p_n;\n\\endif").Run(variables).OfType<ScriptStatement>())
        {
            texts.Add($"{statement.Text}|{statement.VariablePrefix}");
            variables.Set("p_n", "1", line: 1);
        }

        Assert.Equal(["select 1 as n |p_", "select 1|"], texts);
    }

    [Theory]
    [InlineData("select 1;\nselect :w;", "ScriptVariableMissing", 2)]
    [InlineData("select :'w';", "ScriptVariableMissing", 1)]
    [InlineData("select :V;", "ScriptVariableMissing", 1)]
    [InlineData("select :SERVER_VERSION_NUM;", "ScriptVariableMissing", 1)]
    [InlineData("select :{?USER};", "ScriptVariableMissing", 1)]
    [InlineData("select :semicolon;", "ScriptVariableNotUsable", 1)]
    [InlineData("select :open;", "ScriptVariableNotUsable", 1)]
    [InlineData("select :itself;", "ScriptVariableNotUsable", 1)]
    [InlineData("select 1;\n\\! rm -rf /\n", "ScriptCommandNotSupported", 2)]
    [InlineData("\n\n  \\i other.sql", "ScriptCommandNotSupported", 3)]
    [InlineData("\\copy t from 'x'", "ScriptCommandNotSupported", 1)]
    [InlineData("\\connect other", "ScriptCommandNotSupported", 1)]
    [InlineData("select 1 \\; select 2;", "ScriptCommandNotSupported", 1)]
    [InlineData("select 1 \\gexec", "ScriptCommandNotSupported", 1)]
    [InlineData("\\set x `id`", "ScriptCommandNotSupported", 1)]
    [InlineData("\\set SINGLELINE on", "ScriptCommandNotSupported", 1)]
    [InlineData("select 1 as x \\gset\n\\if :x\n\\prompt y\n\\endif", "ScriptCommandNotSupported", 3)]
    [InlineData("select 'a\nb", "ScriptInvalid", 1)]
    [InlineData("select 1;\n/* /* */", "ScriptInvalid", 2)]
    [InlineData("select $a$ x $b$", "ScriptInvalid", 1)]
    [InlineData("\\if 1\nselect 1;", "ScriptInvalid", 1)]
    [InlineData("\\endif", "ScriptInvalid", 1)]
    [InlineData("\\if 1\n\\else\n\\else\n\\endif", "ScriptInvalid", 3)]
    [InlineData("\\if maybe\n\\endif", "ScriptInvalid", 1)]
    [InlineData("\\if o\n\\endif", "ScriptInvalid", 1)]
    [InlineData("\\set", "ScriptInvalid", 1)]
    [InlineData("\\set a-b c", "ScriptVariableNotUsable", 1)]
    [InlineData("\\gset", "ScriptInvalid", 1)]
    [InlineData("\\echo 'a", "ScriptInvalid", 1)]
    [InlineData("select 1;\nCOMMIT;", "StatementNotAllowed", 2)]
    [InlineData("/* x */ -- y\nbegin;", "StatementNotAllowed", 2)]
    [InlineData("start transaction read write", "StatementNotAllowed", 1)]
    [InlineData("rollback", "StatementNotAllowed", 1)]
    [InlineData("end;", "StatementNotAllowed", 1)]
    [InlineData("savepoint a;", "StatementNotAllowed", 1)]
    [InlineData("prepare transaction 'x';", "StatementNotAllowed", 1)]
    [InlineData("select :commit;", "ScriptVariableNotUsable", 1)]
    [InlineData(":word;", "StatementNotAllowed", 1)]
    [InlineData("set transaction read write;", "StatementNotAllowed", 1)]
    [InlineData("SET LOCAL transaction_read_only TO off;", "StatementNotAllowed", 1)]
    [InlineData("set session characteristics as transaction read write;", "StatementNotAllowed", 1)]
    [InlineData("set role boss;", "StatementNotAllowed", 1)]
    [InlineData("set session authorization boss;", "StatementNotAllowed", 1)]
    [InlineData("reset role;", "StatementNotAllowed", 1)]
    [InlineData("set standard_conforming_strings = off;", "StatementNotAllowed", 1)]
    [InlineData("copy t from stdin;", "StatementNotAllowed", 1)]
    [InlineData("copy t to '/tmp/x';", "StatementNotAllowed", 1)]
    [InlineData("copy (select 1) to program 'id';", "StatementNotAllowed", 1)]
    [InlineData("copy (select 'to stdout') to '/tmp/x' -- to stdout\n", "StatementNotAllowed", 1)]
    [InlineData("select 1;\n\nupdate t set a = 1;", "WriteNotAllowed", 3)]
    [InlineData("create table t ();", "WriteNotAllowed", 1)]
    [InlineData("lock table t;", "WriteNotAllowed", 1)]
    [InlineData("vacuum;", "WriteNotAllowed", 1)]
    [InlineData("select pg_terminate_backend(1);", "WriteNotAllowed", 1)]
    [InlineData("do $$begin execute 'select lo_export(1, ''x'')'; end$$;", "WriteNotAllowed", 1)]
    public void What_cannot_be_honoured_is_refused_before_anything_is_sent(string script, string kind, int line)
    {
        var problem = Assert.Throws<SupportQueryException>(() => SupportScript.Read("x.sql", script).Check(Given, allowsWrites: false, isUndone: false));
        Assert.Equal((kind, line), ($"{problem.Kind}", problem.Line));
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
        Assert.NotEqual("", problem.Fix);
    }

    [Theory]
    [InlineData("select 1; table t; values (1); (select 1); with a as (select 1) select * from a; explain select 1; show all; set statement_timeout = 0; copy t (a) to stdout with csv header;")]
    [InlineData("do $$begin end$$; call p(); declare c cursor for select 1; fetch c; reset all; set local search_path to x; set time zone 'UTC'; copy \"to\" to stdout;")]
    [InlineData("\\set ON_ERROR_STOP on\n\\set AUTOCOMMIT off\n\\set QUIET on\nselect :'ON_ERROR_STOP';")]
    [InlineData("\\if false\nselect :w; \\! id\ncommit;\n\\endif")]
    public void What_reads_is_not_refused(string script) => SupportScript.Read("x.sql", script).Check(Given, allowsWrites: false, isUndone: false);

    [Fact]
    public void What_a_rollback_does_not_undo_is_not_tried()
    {
        var script = SupportScript.Read("x.sql", "select pg_cancel_backend(1); update t set a = 1;");
        script.Check(Given, allowsWrites: true, isUndone: false);
        Assert.Equal(SupportQueryProblemKind.StatementNotAllowed, Assert.Throws<SupportQueryException>(() => script.Check(Given, allowsWrites: true, isUndone: true)).Kind);
    }

    [Theory]
    [InlineData("a", "a", "a1", "A2", "a", "A", "b")]
    [InlineData("?column?", "?column?1", "", "?column?", "?column?", "")]
    public void Columns_have_names_of_their_own(params string[] names)
    {
        var columns = ResultColumns.Of(names).Names;
        Assert.Equal(names.Length, columns.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain("", columns);
        Assert.Equal(names[0], columns[0]);
    }

    static readonly Dictionary<string, string> Given = new()
    {
        ["v"] = "it", ["back"] = @"a\b'c", ["quote"] = "a\"b", ["nested"] = "(:v + ';')", ["semicolon"] = "1; drop table t", ["open"] = "'a", ["itself"] = ":itself", ["commit"] = "1;commit",
        ["word"] = "commit",
    };

    static List<ScriptStep> Run(string script) => [.. SupportScript.Read("x.sql", script).Run(new(Given))];
}
