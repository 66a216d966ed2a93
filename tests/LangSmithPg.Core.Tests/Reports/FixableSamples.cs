using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Core.Tests.Reports;

/// <summary>Databases whose failures are fixed by SQL, and where many follow from few.</summary>
static class FixableSamples
{
    public const string Grant = "GRANT CREATE ON DATABASE \"langsmith\" TO \"langsmith_app\";";

    public const string SchemaGrant = "GRANT USAGE, CREATE ON SCHEMA \"public\" TO \"langsmith_app\";\n-- or, as a superuser or the owner: ALTER DATABASE \"langsmith\" OWNER TO \"langsmith_app\";";

    static readonly string[] Extensions = ["btree_gin", "btree_gist", "citext", "ltree", "pg_trgm", "pgcrypto"];

    /// <summary>Two problems; the extensions wait for the first.</summary>
    public static ReadinessReport TwoProblems(string target = "db.example.com:5432/langsmith") => Samples.NotReady(target) with
    {
        Findings =
        [
            Samples.NotReady().Findings[0],
            Samples.NotReady().Findings[1],
            Samples.NotReady().Findings[2],
            Fail("Database.Create", "Role langsmith_app may not create schemas and extensions in database langsmith.", Remedy.Sql(Grant)),
            Fail("Schema.Create", "Role langsmith_app may not create objects in schema public.", Remedy.Sql(SchemaGrant)),
            .. Extensions.Select(name => Fail($"Extension.{name}", $"{name} is not installed, and role langsmith_app may not create it.", Remedy.Sql(Grant))),
        ],
    };

    /// <summary>Problems of their own, each with two statements.</summary>
    public static ReadinessReport ManyProblems(int count) => Samples.NotReady() with
    {
        Findings =
        [
            .. Enumerable.Range(1, count).Select(number => Fail(
                $"Setting.Number{number}", $"Setting number {number} of the database is not as LangSmith needs it for role langsmith_app.",
                Remedy.Sql($"ALTER SYSTEM SET one{number} = 'on';\nALTER SYSTEM SET two{number} = 'on';"))),
        ],
    };

    public static Finding Fail(string id, string message, Remedy? fix) => new()
    {
        Id = id,
        Status = FindingStatus.Fail,
        Target = "",
        Message = message,
        Why = "The migrations create extensions, and the schema where it is missing.",
        Fix = fix,
        Source = new("https://docs.langchain.com/langsmith/self-host-external-postgres"),
    };
}
