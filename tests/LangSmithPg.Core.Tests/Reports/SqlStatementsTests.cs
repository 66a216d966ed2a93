using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class SqlStatementsTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("-- nothing; to run", 0)]
    [InlineData("/* nothing; ** to run */ ;", 0)]
    [InlineData("SELECT 1", 1)]
    [InlineData("SELECT 1; -- a; b\n-- c;\nSELECT 2;", 2)]
    [InlineData("ALTER ROLE \"a;b\"\"c;\" SET x = 'y;''z;';", 1)]
    [InlineData("BEGIN READ WRITE; ALTER ROLE a SET b = off; COMMIT;", 3)]
    public void Statements_are_counted(string script, int count) => Assert.Equal(count, SqlStatements.Count(script));
}
