using LangSmithPg.Common;
using LangSmithPg.Extensions;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Readiness;

public sealed class ExtensionEvaluatorTests
{
    [Fact]
    public void All_six_are_judged_in_their_order_whatever_the_order_of_the_server()
    {
        var verdicts = ExtensionEvaluator.Evaluate(Inputs.Of(provider: null, facts => facts with { Extensions = [.. facts.Extensions.Reverse()] }));

        Assert.Equal(Requirements.Extensions, verdicts.Select(verdict => verdict.Name));
        Assert.All(verdicts, verdict => Assert.Equal((FindingStatus.Pass, false, true, null), (verdict.Status, verdict.Installed, verdict.CanCreate, verdict.Fix)));
    }

    [Fact]
    public void A_superuser_installs_what_is_not_trusted_and_another_cannot()
    {
        var plain = Inputs.Of(provider: null, Untrusted);
        var super = Inputs.Of(provider: null, facts => Untrusted(facts) with { Role = facts.Role with { IsSuperuser = true } });

        var verdict = Evaluate(plain, "ltree");
        Assert.Equal((FindingStatus.Fail, false), (verdict.Status, verdict.CanCreate));
        Assert.Equal("CREATE EXTENSION IF NOT EXISTS \"ltree\" SCHEMA \"public\"; -- as a superuser", verdict.Fix?.Text);
        Assert.True(Evaluate(super, "ltree").CanCreate);
    }

    [Theory]
    [InlineData("amazon-rds")]
    [InlineData("amazon-aurora")]
    [InlineData("google-cloud-sql")]
    [InlineData("google-alloydb")]
    public void The_admin_role_of_a_cloud_installs_what_is_not_trusted(string provider)
    {
        Assert.True(Evaluate(Inputs.Of(provider, Untrusted), "ltree").CanCreate);
        Assert.False(Evaluate(Inputs.Of(provider, facts => Untrusted(facts) with { Role = facts.Role with { MemberOf = [] } }), "ltree").CanCreate);
    }

    [Fact]
    public void A_role_that_may_not_create_in_the_database_gets_the_grant_even_as_a_cloud_s_admin()
    {
        var verdict = Evaluate(Inputs.Of("amazon-rds", facts => facts with { Database = facts.Database with { CanCreate = false } }), "citext");

        Assert.Equal(FindingStatus.Fail, verdict.Status);
        Assert.Equal("GRANT CREATE ON DATABASE \"langsmith\" TO \"postgres\";", verdict.Fix?.Text);
    }

    [Fact]
    public void Azure_s_list_is_merged_with_what_it_has_because_the_command_replaces_it()
    {
        var input = Inputs.Of("azure");

        Assert.Equal(FindingStatus.Pass, Evaluate(input, "pgcrypto").Status);
        var verdict = Evaluate(input, "citext");
        Assert.Equal((FindingStatus.Fail, false), (verdict.Status, verdict.AllowListed));
        Assert.Equal(
            "az postgres flexible-server parameter set --name azure.extensions --value PGCRYPTO,VECTOR,BTREE_GIN,BTREE_GIST,CITEXT,LTREE,PG_TRGM"
            + " --resource-group <group> --server-name <server>",
            verdict.Fix?.Text);
    }

    [Fact]
    public void Azure_s_list_is_empty_at_first()
    {
        var verdict = Evaluate(Listed("azure", "azure.extensions", ""), "ltree");

        Assert.Contains("--value BTREE_GIN,BTREE_GIST,CITEXT,LTREE,PG_TRGM,PGCRYPTO ", verdict.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_asterisk_in_the_list_of_rds_is_all()
    {
        var verdict = Evaluate(Inputs.Of("amazon-rds"), "citext");

        Assert.Equal((FindingStatus.Pass, true), (verdict.Status, verdict.AllowListed));
    }

    [Fact]
    public void The_list_of_rds_is_merged_too()
    {
        var verdict = Evaluate(Listed("amazon-rds", "rds.allowed_extensions", "vector, citext"), "ltree");

        Assert.Equal(FindingStatus.Fail, verdict.Status);
        Assert.Contains("ParameterValue='vector,citext,btree_gin,btree_gist,ltree,pg_trgm,pgcrypto'", verdict.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_list_there_is_nothing_to_be_on() => Assert.Null(Evaluate(Inputs.Of(provider: null), "citext").AllowListed);

    [Theory]
    [InlineData("public", FindingStatus.Pass)]
    [InlineData("pg_catalog", FindingStatus.Pass)]
    [InlineData("extensions", FindingStatus.Fail)]
    public void An_installed_extension_must_be_where_langsmith_s_search_path_reaches(string schema, FindingStatus status)
    {
        var verdict = Evaluate(
            Inputs.Of("supabase", facts => facts.With("citext", one => one with { InstalledVersion = "1.6", Schema = schema, Owner = "postgres", Trusted = null })), "citext");

        Assert.Equal((status, true, status == FindingStatus.Pass), (verdict.Status, verdict.Installed, verdict.SearchPathReaches));
        Assert.Equal(status == FindingStatus.Fail, verdict.Fix?.Text?.StartsWith("ALTER EXTENSION \"citext\" SET SCHEMA \"public\";", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void The_schema_that_counts_is_langsmith_s_and_not_the_session_s()
    {
        var verdict = Evaluate(
            Inputs.Of(provider: null, facts => facts.With("citext", one => one with { InstalledVersion = "1.6", Schema = "public" })
                with { Schema = facts.Schema with { Name = "app" } }), "citext");

        Assert.Equal((FindingStatus.Fail, false), (verdict.Status, verdict.SearchPathReaches));
    }

    [Fact]
    public void Missing_files_come_before_everything_else()
    {
        var verdict = Evaluate(Inputs.Of("azure", facts => facts.With("ltree", one => one with { AvailableVersion = null, Trusted = false })), "ltree");

        Assert.Equal((FindingStatus.Fail, false), (verdict.Status, verdict.CanCreate));
        Assert.Contains("no files for it", verdict.Message, StringComparison.Ordinal);
        Assert.Contains("contrib", verdict.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verdict_is_a_finding_of_its_own() =>
        Assert.Equal(
            Requirements.Extensions.Select(name => $"Extension.{name}"),
            ReadinessRules.Evaluate(Inputs.Of(provider: null)).Select(finding => finding.Id).Where(id => id.StartsWith("Extension.", StringComparison.Ordinal)));

    static ServerFacts Untrusted(ServerFacts facts) => facts.With("ltree", one => one with { Trusted = false });

    static ReadinessInput Listed(string provider, string setting, string list) =>
        Inputs.Of(provider, facts => facts with { Settings = new Dictionary<string, string>(facts.Settings) { [setting] = list } });

    static ExtensionVerdict Evaluate(ReadinessInput input, string extension) => ExtensionEvaluator.Evaluate(input).Single(verdict => verdict.Name == extension);
}
