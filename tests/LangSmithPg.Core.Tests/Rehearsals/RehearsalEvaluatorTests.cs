using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Rehearsals;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Rehearsals;

/// <summary>What servers say that no test can reach.</summary>
public sealed class RehearsalEvaluatorTests
{
    static readonly ServerFacts Plain = new(
        new(160_004, "PostgreSQL 16.4", InRecovery: false, ReadOnlyByDefault: false, "10.0.0.4", 5432, 1, DateTimeOffset.UnixEpoch),
        new("langsmith", "admin", IsOwner: false, "UTF8", "C.UTF-8", -1, 1, CanCreate: true, CanCreateTemporary: true),
        new("app", "app", IsSuperuser: false, CanCreateRole: false, CanCreateDatabase: false, -1, 1, null, null, []),
        new("public", Exists: true, "app", IsOwner: true, CanUse: true, CanCreate: true, [], []),
        ["pg_catalog", "public"], [],
        [.. Requirements.Extensions.Select(name => new ExtensionFacts(name, null, null, null, "1.0", Trusted: true))],
        new Dictionary<string, string>(), [], [], new(100, 3, 1), null);

    [Theory]
    [InlineData("extension \"pg_trgm\" is not allow-listed for users in Azure Database for PostgreSQL")]
    [InlineData("extension \"pg_trgm\" is not allow-listed for \"azure_pg_admin\" users in Azure Database for PostgreSQL")]
    public void Azures_list_is_merged_and_not_replaced(string message)
    {
        var facts = Plain with { Settings = new Dictionary<string, string> { ["azure.extensions"] = "vector,CITEXT" } };
        var finding = Evaluate(facts, "Extension.pg_trgm", new("0A000", message));
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains("--name azure.extensions --value VECTOR,CITEXT,BTREE_GIN,BTREE_GIST,LTREE,PG_TRGM,PGCRYPTO ", finding.Fix?.Text, StringComparison.Ordinal);
        Assert.Contains(message, finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_hidden_is_not_forgotten()
    {
        var finding = Evaluate(Plain, "Extension.ltree", new("0A000", "extension \"ltree\" is not allow-listed for users in Azure Database for PostgreSQL"));
        Assert.Contains("SHOW azure.extensions", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void On_RDS_the_parameter_group_is_named()
    {
        var facts = Plain with { Settings = new Dictionary<string, string> { ["rds.allowed_extensions"] = "citext" }, ProviderRoles = ["rdsadmin"] };
        var finding = Evaluate(facts, "Extension.ltree", new("42501", "permission denied to create extension \"ltree\""));
        Assert.Contains("ParameterName=rds.allowed_extensions,ParameterValue='citext,btree_gin", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0A000", "extension \"ltree\" is not available", FindingStatus.Fail)]
    [InlineData("58P01", "could not open extension control file", FindingStatus.Fail)]
    [InlineData("53100", "could not extend file: No space left on device", FindingStatus.Fail)]
    [InlineData("25006", "cannot execute CREATE EXTENSION in a read-only transaction", FindingStatus.Fail)]
    [InlineData("XX000", "anything", FindingStatus.Fail)]
    [InlineData("55P03", "canceling statement due to lock timeout", FindingStatus.Unknown)]
    [InlineData("57014", "canceling statement due to statement timeout", FindingStatus.Unknown)]
    [InlineData("57P01", "terminating connection due to administrator command", FindingStatus.Unknown)]
    [InlineData("40P01", "deadlock detected", FindingStatus.Unknown)]
    [InlineData("08006", "cut", FindingStatus.Unknown)]
    public void Every_refusal_has_its_status_evidence_and_fix(string sqlState, string message, FindingStatus expected)
    {
        var error = new ServerError(sqlState, message, "a hint");
        foreach (var step in RehearsalSamples.Steps(Plain).Select(step => step.Name))
        {
            var finding = Evaluate(Plain, step, error);
            // A rehearsal that was cut off is none, whatever its steps say.
            Assert.Equal(step == RehearsalPlan.Transaction && error.Kind == ServerErrorKind.ConnectionLost ? FindingStatus.Fail : expected, finding.Status);
            Assert.Equal($"{sqlState} {message} (a hint)", finding.Evidence);
            Assert.False(string.IsNullOrEmpty(finding.Fix?.Text));
        }
    }

    [Fact]
    public void What_PostgreSQL_keeps_for_superusers_is_for_a_superuser()
    {
        var facts = Plain with { Extensions = [.. Plain.Extensions.Select(one => one with { Trusted = false })] };
        var finding = Evaluate(facts, "Extension.citext", new("42501", "permission denied to create extension \"citext\"", "Must be superuser to create this extension."));
        Assert.Equal("CREATE EXTENSION IF NOT EXISTS \"citext\" SCHEMA \"public\"; -- as a superuser", finding.Fix?.Text);
    }

    [Fact]
    public void An_extension_out_of_reach_is_moved()
    {
        var facts = Plain with
        {
            Extensions = [.. Plain.Extensions.Select(one => one.Name == "citext" ? one with { InstalledVersion = "1.6", Schema = "elsewhere", Owner = "dba" } : one)],
        };
        var finding = Evaluate(facts, "Column.citext", new("42704", "type \"citext\" does not exist"));
        Assert.StartsWith("ALTER EXTENSION \"citext\" SET SCHEMA \"public\"; -- as dba", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_standby_is_left_alone()
    {
        var facts = Plain with { Server = Plain.Server with { InRecovery = true } };
        Assert.Empty(RehearsalPlan.Open(facts));
        var finding = Assert.Single(EvaluateAll(facts, new([], Ownership: null)));
        Assert.Equal(("Rehearsal.Transaction", FindingStatus.Fail), (finding.Id, finding.Status));
        Assert.Contains("primary", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rehearsal_that_broke_off_leaves_ownership_open()
    {
        var findings = EvaluateAll(Plain, new(RehearsalSamples.Steps(Plain), Ownership: null, ServerError.ConnectionLost("cut")));
        Assert.Equal(FindingStatus.Unknown, findings[^1].Status);
        var end = Assert.Single(findings, finding => finding.Id == "Rehearsal.Transaction");
        Assert.Equal(FindingStatus.Fail, end.Status);
        Assert.StartsWith("08006 ", end.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_in_the_plan_are_quoted()
    {
        var facts = Plain with { Schema = Plain.Schema with { Name = "a\"; DROP", Exists = false } };
        var statements = RehearsalSamples.Steps(facts, "odd\"table").SelectMany(step => step.Statements).ToList();
        Assert.Contains("create schema \"a\"\"; DROP\"", statements);
        Assert.All(statements.Where(sql => sql.Contains("odd", StringComparison.Ordinal)), sql => Assert.Contains("\"a\"\"; DROP\".\"odd\"\"table\"", sql, StringComparison.Ordinal));
    }

    static Finding Evaluate(ServerFacts facts, string step, ServerError error) => Assert.Single(
        EvaluateAll(facts, new([.. RehearsalSamples.Steps(facts).Select(one => one.Name == step ? one with { Error = error } : one)], [])),
        finding => finding.Id == $"Rehearsal.{step}");

    static List<Finding> EvaluateAll(ServerFacts facts, Rehearsal rehearsal)
    {
        var connection = PgConnectionString.FromParts(new() { HostName = "h", Database = "langsmith", UserName = "app" }).Require();
        var input = new ReadinessInput(connection, facts, new(2026, 11, 23));
        return [.. RehearsalEvaluator.Evaluate(input, rehearsal, ReadinessRules.Evaluate(input))];
    }
}
