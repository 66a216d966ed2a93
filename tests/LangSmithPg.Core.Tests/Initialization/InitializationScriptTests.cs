using LangSmithPg.Connections;
using LangSmithPg.Initialization;
using LangSmithPg.Sql;

namespace LangSmithPg.Core.Tests.Initialization;

public sealed class InitializationScriptTests
{
    [Fact]
    public void A_script_reads_as_it_should() => SnapshotFile.AssertIs("Initialization/script.txt", Write("langsmith", "langsmith_app", "public"));

    [Fact]
    public void Another_schema_is_created_and_set()
    {
        var script = Write("langsmith", "langsmith_app", "ls");

        Assert.Contains("'CREATE SCHEMA \"ls\" AUTHORIZATION \"langsmith_app\"'", script, StringComparison.Ordinal);
        Assert.Contains("SET search_path = \"ls\";", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_session_takes_texts_as_they_are()
    {
        var lines = Write("langsmith", "app", "public").Split('\n').Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal)).ToList();

        Assert.Equal(SqlLiteral.StandardStrings, lines[0]);
        Assert.All(lines.Index().Where(line => line.Item.StartsWith(@"\connect", StringComparison.Ordinal)), line => Assert.Equal(SqlLiteral.StandardStrings, lines[line.Index + 1]));
    }

    static string Write(string database, string role, string schema)
    {
        var target = PgConnectionString.Parse("admin:pw@db.example.com/postgres?sslmode=require").Connection!.With(null, schema).Connection!.ForRole(database, role, password: null).Connection!;
        return InitializationScript.Write(target, new(database, role, schema));
    }
}
