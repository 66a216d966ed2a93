using System.Text;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Extensions;

/// <summary>The extensions as SQL, for an admin who would rather read and run it elsewhere.</summary>
static class ExtensionScript
{
    /// <summary>Writes the script. It needs no server and holds no secret.</summary>
    /// <param name="connection">How LangSmith is to connect.</param>
    public static string Write(PgConnectionString connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var schema = SqlIdentifier.Quote(connection.Schema);
        var requirements = DatabaseRequirements.Of(connection.Purpose);
        if (requirements.Extensions.Count == 0)
        {
            return $"{SqlComment.Of($"{requirements.Product} needs no extensions.")}\n";
        }

        var names = string.Join(", ", requirements.Extensions.Select(name => $"'{name}'"));
        var statements = new StringBuilder();
        foreach (var name in requirements.Extensions)
        {
            statements.Append(ExtensionInstallations.Statement(name, connection.Schema)).Append(";\n");
        }

        return $"""
            {SqlComment.Of($"Creates the extensions that {requirements.Product} needs in {connection.Target}, schema {connection.Schema}.")}
            -- Run it in that database, as its owner or a role with CREATE on it: psql -v ON_ERROR_STOP=1 -f <this file> <connection>
            -- All or nothing; it does no harm to run it again.
            {SqlComment.Of($"The schema must exist. If it does not, run as LangSmith's user: CREATE SCHEMA {schema};")}
            -- Azure: the server parameter azure.extensions has to list them first, besides what it lists already.
            {SqlLiteral.StandardStrings}
            BEGIN;
            SET LOCAL lock_timeout = '2s';

            {statements}
            COMMIT;

            {SqlComment.Of($"All of them, in schema {connection.Schema}? An extension in another schema was not moved; to move it, run as its owner:")}
            {SqlComment.Of($"ALTER EXTENSION <name> SET SCHEMA {schema};")}
            SELECT e.extname AS extension, e.extversion AS version, n.nspname AS schema
            FROM pg_catalog.pg_extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
            WHERE e.extname IN ({names})
            ORDER BY 1;

            """;
    }
}
