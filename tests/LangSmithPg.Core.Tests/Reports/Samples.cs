using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Reports;

/// <summary>Reports as real databases give them, and as hostile ones would.</summary>
static class Samples
{
    /// <summary>A name that tries everything: markup, quotes, Markdown, turned text, control characters, half a character.</summary>
    public const string Hostile = "<script>alert(1)</script>\"'&amp;|`x``y`[a](b)*\u202Eevil\u202C\u0007\u0000\uD800\uFFFE👩‍💻 שלום";

    public static readonly DateTimeOffset Time = new(2026, 3, 1, 10, 30, 5, TimeSpan.FromHours(2));

    static readonly Uri Source = new("https://docs.langchain.com/langsmith/self-host-external-postgres");

    static readonly string[] Extensions = ["btree_gin", "btree_gist", "citext", "ltree", "pg_trgm", "pgcrypto"];

    public static FleetReport Of(params ReadinessReport[] databases) => new(FleetReport.DefaultTitle, Time, "0.1.0", databases);

    public static FleetReport Fleet(int count) => Of([.. Enumerable.Range(1, count).Select(number => (number % 6) switch
    {
        1 => NotReady($"eu-{number:00}.db.example.com:5432/langsmith"),
        3 => Unreachable($"us-{number:00}.db.example.com:5432/langsmith"),
        4 => Ready($"ap-{number:00}.db.example.com:5432/langsmith") with { Findings = [.. Ready("").Findings, UnknownFinding] },
        _ => Ready($"eu-{number:00}.db.example.com:5432/langsmith"),
    })]);

    public static ReadinessReport Ready(string target = "db.example.com:5432/langsmith") => Database(
        target,
        [
            Finding("Connection", FindingStatus.Pass, "User langsmith_app logged in within 11 ms (TLSv1.3 TLS_AES_256_GCM_SHA384).", "Every pod of LangSmith connects like this."),
            Finding("Server.Version", FindingStatus.Pass, "PostgreSQL 16.14 is supported.", "LangSmith's migrations use features that older versions do not have.", evidence: "PostgreSQL 16.14 on x86_64-pc-linux-gnu, compiled by gcc 12.2.0, 64-bit"),
            Finding("Server.CommunitySupport", FindingStatus.Pass, "The PostgreSQL community patches version 16 until 2028-11-09.", "Without patches, known holes stay open."),
            Finding("Database.Create", FindingStatus.Pass, "Role langsmith_app may create schemas and extensions in database langsmith.", "The migrations create extensions, and the schema where it is missing."),
            Finding("Schema.Create", FindingStatus.Pass, "Role langsmith_app may create objects in schema public.", "Every table of LangSmith is created there."),
            Finding("Schema.Ownership", FindingStatus.NotApplicable, "Schema public has no tables yet.", "Only an owner may ALTER a table."),
            .. Extensions.Select(name => Finding($"Extension.{name}", FindingStatus.Pass, $"{name} 1.3 is installed in schema public.", "LangSmith's migrations create and use the extension.")),
        ]);

    public static ReadinessReport NotReady(string target = "db.example.com:5432/langsmith") => Database(
        target,
        [
            Finding("Connection", FindingStatus.Pass, "User langsmith_app logged in within 11 ms (TLSv1.3 TLS_AES_256_GCM_SHA384).", "Every pod of LangSmith connects like this."),
            Finding("Server.Version", FindingStatus.Pass, "PostgreSQL 15.18 is supported.", "LangSmith's migrations use features that older versions do not have.", evidence: "PostgreSQL 15.18 on x86_64-pc-linux-gnu, compiled by gcc 12.2.0, 64-bit"),
            Finding("Server.CommunitySupport", FindingStatus.Warning, "The PostgreSQL community stops patching version 15 on 2027-11-11.", "Without patches, known vulnerabilities remain; a cloud's extended support may cover the server for a fee.", "Plan an upgrade to a newer major version."),
            Finding("Database.Create", FindingStatus.Fail, "Role langsmith_app may not create schemas and extensions in database langsmith.", "The migrations create extensions, and the schema where it is missing.", "GRANT CREATE ON DATABASE \"langsmith\" TO \"langsmith_app\";"),
            Finding("Schema.Create", FindingStatus.Fail, "Role langsmith_app may not create objects in schema public.", "Every table of LangSmith is created there.", "GRANT USAGE, CREATE ON SCHEMA \"public\" TO \"langsmith_app\";\n-- or, as a superuser or the owner: ALTER DATABASE \"langsmith\" OWNER TO \"langsmith_app\";"),
            Finding("Schema.Ownership", FindingStatus.Fail, "Role langsmith_app does not own 3 of 41 objects in schema public.", "Only an owner may ALTER a table: the next migration fails even if every privilege is granted.", "GRANT \"postgres\" TO \"langsmith_app\"; -- or move ownership of the objects of postgres; do not do it for a cloud's admin role", "langsmith_app: 38, postgres: 3"),
            .. Extensions.Select(name => name is "citext" or "ltree"
                ? Finding($"Extension.{name}", FindingStatus.Fail, $"{name} is not installed, and azure.extensions does not allow it.", "LangSmith's migrations create and use the extension.", "az postgres flexible-server parameter set --resource-group <group> --server-name <server> --name azure.extensions --value BTREE_GIN,BTREE_GIST,PG_TRGM,PGCRYPTO,CITEXT,LTREE")
                : Finding($"Extension.{name}", FindingStatus.Pass, $"{name} 1.3 is installed in schema public.", "LangSmith's migrations create and use the extension.")),
        ]) with { ServerVersion = "15.18", Provider = ServerProvider.Azure };

    /// <summary>Its failures and its warning are accepted.</summary>
    public static ReadinessReport Accepted(string target = "db.example.com:5432/langsmith", string reason = "Known until the move") => new AcceptedFindings(
        [new("*", "*", reason, new(2026, 6, 30), "accepted.yaml, line 1")]).Apply(NotReady(target), new(2026, 3, 1));

    public static ReadinessReport Unreachable(string target = "db.example.com:5432/langsmith") => Database(
        target,
        [
            Finding("Connection", FindingStatus.Fail, "The server does not let role langsmith_app in from this address without TLS.", "Every pod of LangSmith connects like this.", "Add ?sslmode=require to the connection.", "28000 no pg_hba.conf entry for host \"10.0.0.7\", user \"langsmith_app\", database \"langsmith\", no encryption"),
        ]) with { ServerVersion = null, Provider = null };

    /// <summary>Every text of it hostile, and a fix that would run away from its fence.</summary>
    public static ReadinessReport Evil(string name = Hostile) => new()
    {
        Target = name,
        UserName = name,
        Schema = name,
        ServerVersion = name,
        Findings =
        [
            new() { Id = name, Status = FindingStatus.Fail, Target = name, Message = name, Evidence = name, Why = name, Fix = $"```\n~~~~\n{name}", Source = new($"https://example.com/\"><script>{Uri.EscapeDataString("x")}") },
            new() { Id = "Linked", Status = FindingStatus.Warning, Target = name, Message = "A link that would run.", Source = new("javascript:alert(1)") },
            UnknownFinding,
        ],
    };

    public static Finding UnknownFinding { get; } = Finding("Server.Cores", FindingStatus.Unknown, "SQL does not tell how many cores the server has.", "LangSmith wants two or more.");

    static ReadinessReport Database(string target, IReadOnlyList<Finding> findings) => new()
    {
        Target = target,
        Findings = findings,
        UserName = "langsmith_app",
        Schema = "public",
        ServerVersion = "16.14",
        Provider = ServerProvider.AmazonRds,
        Elapsed = TimeSpan.FromMilliseconds(36.4),
    };

    static Finding Finding(string id, FindingStatus status, string message, string why, string? fix = null, string? evidence = null) =>
        new() { Id = id, Status = status, Target = "", Message = message, Why = why, Fix = fix, Evidence = evidence, Source = Source };
}
