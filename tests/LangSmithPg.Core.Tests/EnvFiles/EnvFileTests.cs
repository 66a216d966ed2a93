using LangSmithPg.EnvFiles;

namespace LangSmithPg.Core.Tests.EnvFiles;

public sealed class EnvFileTests
{
    const string Name = "PG";
    const string Value = "u:p%40ss@[::1]:5432/d?sslmode=require";

    // A file before and after; N stands for the value.
    public static TheoryData<string, string> Examples => new()
    {
        { "", "PG=\"N\"\n" },
        { "A=1", "A=1\nPG=\"N\"\n" },
        { "A=1\r\n", "A=1\r\nPG=\"N\"\r\n" },
        { "\uFEFFPG=old\n", "\uFEFFPG=N\n" },
        { "PG=old\n", "PG=N\n" },
        { "PG=\n", "PG=\"N\"\n" },
        { "PG= # comment\n", "PG=\"N\" # comment\n" },
        { "PG=old # comment\n", "PG=N # comment\n" },
        { "PG=old#not-a-comment\n", "PG=N\n" },
        { "PG = 'old' # comment\nB=2\n", "PG = 'N' # comment\nB=2\n" },
        { "export PG=\"o\\\"ld\"\n", "export PG=\"N\"\n" },
        { "  export\tPG=old  \r\nB=2", "  export\tPG=N  \r\nB=2" },
        { "PG: old\n", "PG: N\n" },
        { "PG\nB=2\n", "PG=\"N\"\nB=2\n" },
        { "# PG=old\n", "# PG=old\nPG=\"N\"\n" },
        { "XPG=old\nPGX=old\n", "XPG=old\nPGX=old\nPG=\"N\"\n" },
        { "PG=one\nB=2\nPG=two\n", "PG=N\nB=2\nPG=N\n" },
        { "A=\"several\nPG=not\nlines\"\nB='x\nPG=not'\n", "A=\"several\nPG=not\nlines\"\nB='x\nPG=not'\nPG=\"N\"\n" },
        { "PG=\"several\nlines\"\nB=2\n", "PG=\"N\"\nB=2\n" },
        { "A=\"C:\\\\\"\nPG=\"old\"\n", "A=\"C:\\\\\"\nPG=\"N\"\n" },
        { "A='C:\\\\'\nPG='old'\n", "A='C:\\\\'\nPG='N'\n" },
        { "A=\"C:\\\\\\\"x\"\nPG=old\n", "A=\"C:\\\\\\\"x\"\nPG=N\n" },
        { "no variable at all!\n", "no variable at all!\nPG=\"N\"\n" },
        { "A=\0\nPG=old", "A=\0\nPG=N" },
    };

    [Theory]
    [InlineData("a b")]
    [InlineData("A=1\nB")]
    [InlineData("é")]
    public void A_name_that_no_reader_takes_for_one_is_refused(string name) =>
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => EnvFile.Set("", name, Value)).ParamName);

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_variable_is_set_and_everything_else_stays(string before, string after)
    {
        after = after.Replace("N", Value, StringComparison.Ordinal);

        var edit = EnvFile.Set(before, Name, Value);

        Assert.Equal(after, edit.Text);
        Assert.True(edit.IsChange);
        var again = EnvFile.Set(after, Name, Value);
        Assert.Equal((after, false), (again.Text, again.IsChange));
        Assert.DoesNotContain("ss@", edit.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_that_change_are_told()
    {
        Assert.Equal("replace on line 1, 3", EnvFile.Set("PG=one\nB=2\nPG=two\n", Name, Value).ToString());
        Assert.Equal("add on line 3", EnvFile.Set("A=1\nB=2", Name, Value).ToString());
        Assert.Equal("add on line 1", EnvFile.Set("", Name, Value).ToString());
    }

    [Theory]
    [InlineData("PG=\"old\n")]
    [InlineData("A=1\nB='x\nPG=old\n")]
    public void A_quote_that_is_not_closed_is_refused(string text)
    {
        var exception = Assert.Throws<EnvFileException>(() => EnvFile.Set(text, Name, Value));

        Assert.Equal(text.StartsWith("PG", StringComparison.Ordinal) ? 1 : 2, exception.Line);
        Assert.DoesNotContain("old", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a$b")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a'b")]
    [InlineData("a#b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("aéb")]
    public void A_value_with_syntax_in_it_is_refused(string value) => Assert.Throws<ArgumentException>(() => EnvFile.Set("", Name, value));
}
