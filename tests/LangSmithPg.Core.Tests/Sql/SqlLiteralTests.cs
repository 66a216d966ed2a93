using LangSmithPg.Connections;
using LangSmithPg.Extensions;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Sql;

namespace LangSmithPg.Core.Tests.Sql;

public sealed class SqlLiteralTests
{
    [Theory]
    [InlineData("", "''")]
    [InlineData("it's", "'it''s'")]
    [InlineData(@"x\' ; select $$INJECTED$$ ; --", @"E'x\\'' ; select $$INJECTED$$ ; --'")]
    [InlineData(@"C:\", @"E'C:\\'")]
    public void A_text_means_the_same_whatever_standard_conforming_strings_says(string text, string literal) => Assert.Equal(literal, SqlLiteral.Quote(text));

    [Theory]
    [InlineData(IamAuthProvider.Aws, 2)]
    [InlineData(IamAuthProvider.Azure, 3)]
    [InlineData(IamAuthProvider.Gcp, 2)]
    public void A_script_sets_it_first_in_each_session_that_it_opens(IamAuthProvider provider, int sessions)
    {
        var connection = PgConnectionString.Parse("app@h/d?sslmode=require").Connection!;
        var lines = IamRoleScript.Write(connection, new(provider, "app")).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal)).ToList();

        Assert.Equal(sessions, lines.Count(line => line == SqlLiteral.StandardStrings));
        Assert.Equal(SqlLiteral.StandardStrings, lines[0]);
        Assert.All(lines.Index().Where(line => line.Item.StartsWith(@"\connect", StringComparison.Ordinal)), line => Assert.Equal(SqlLiteral.StandardStrings, lines[line.Index + 1]));
        Assert.Equal(SqlLiteral.StandardStrings, ExtensionScript.Write(connection).Split('\n').Select(line => line.Trim()).First(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal)));
    }
}
