using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Readiness;

namespace LangSmithPg.Core.Tests.Readiness;

/// <summary>The rules about the role, its limits and its identity, and the server's size.</summary>
public sealed class AccountRuleTests
{
    const string NoPassword = "sa@h/d?sslmode=require";

    [Theory]
    [InlineData("amazon-rds", IamAuthProvider.Aws, "rds_iam")]
    [InlineData("google-cloud-sql", IamAuthProvider.Gcp, "cloudsqliamserviceaccount")]
    public void A_role_that_the_cloud_knows_passes_and_any_other_fails(string recorded, IamAuthProvider provider, string membership)
    {
        var known = Inputs.Of(recorded, facts => facts with { Role = facts.Role with { MemberOf = [membership] } });
        Assert.Equal(FindingStatus.Pass, EnvironmentRuleTests.Connected(known, NoPassword, provider).Find("Iam.Role").Status);

        var unknown = Inputs.Of(recorded, facts => facts with { Role = facts.Role with { MemberOf = [] } });
        var finding = EnvironmentRuleTests.Connected(unknown, NoPassword, provider).Find("Iam.Role");
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.NotNull(finding.Fix);
    }

    [Fact]
    public void On_Azure_the_security_label_counts()
    {
        var labelled = Inputs.Of("azure", facts => facts with { Role = facts.Role with { EntraLabel = "aadauth,oid=1,type=service" } });
        Assert.Equal(FindingStatus.Pass, EnvironmentRuleTests.Connected(labelled, NoPassword, IamAuthProvider.Azure).Find("Iam.Role").Status);

        var bare = Inputs.Of("azure", facts => facts with { Role = facts.Role with { SessionUser = "o'brien" } });
        var finding = EnvironmentRuleTests.Connected(bare, NoPassword, IamAuthProvider.Azure).Find("Iam.Role");
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains("pgaadauth_create_principal('o''brien'", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("google-alloydb", IamAuthProvider.Gcp, "AlloyDB")]
    [InlineData("azure", IamAuthProvider.Aws, "does not run in that cloud")]
    [InlineData(null, IamAuthProvider.Azure, "does not run in that cloud")]
    public void The_wrong_cloud_fails(string? recorded, IamAuthProvider provider, string words)
    {
        var finding = EnvironmentRuleTests.Connected(Inputs.Of(recorded), NoPassword, provider).Find("Iam.Role");
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_password_there_is_no_question_of_IAM() =>
        Assert.Equal(FindingStatus.NotApplicable, Inputs.Of("azure").Find("Iam.Role").Status);

    [Theory]
    [InlineData("statement_timeout=30s", FindingStatus.Pass, null)]
    [InlineData("role=langsmith_owner", FindingStatus.Warning, "RESET role")]
    [InlineData("role=none", FindingStatus.Pass, null)]
    [InlineData("search_path=app", FindingStatus.Warning, "RESET search_path")]
    [InlineData("search_path=public", FindingStatus.Pass, null)]
    [InlineData("search_path=\"public\"", FindingStatus.Pass, null)]
    [InlineData("work_mem=64MB", FindingStatus.Pass, null)]
    public void Settings_that_get_in_the_way_are_warned_of(string setting, FindingStatus status, string? fix)
    {
        var finding = Inputs.Of(null, facts => facts with { Overrides = [new("app", null, setting)] }).Find("Session.Overrides");
        Assert.Equal(status, finding.Status);
        Assert.Equal(fix is null ? null : $"ALTER ROLE \"app\" {fix};", finding.Fix?.Text);
    }

    [Theory]
    [InlineData("statement_timeout", 300, FindingStatus.Fail, "300 ms")]
    [InlineData("statement_timeout", 59_999, FindingStatus.Fail, "59.999 s")]
    [InlineData("statement_timeout", 60_000, FindingStatus.Warning, "1 min")]
    [InlineData("statement_timeout", 3_600_000, FindingStatus.Pass, null)]
    [InlineData("transaction_timeout", 1, FindingStatus.Fail, "1 ms")]
    [InlineData("idle_in_transaction_session_timeout", 9_999, FindingStatus.Fail, "9.999 s")]
    [InlineData("idle_in_transaction_session_timeout", 300_000, FindingStatus.Pass, null)]
    [InlineData("idle_session_timeout", 600_000, FindingStatus.Warning, "10 min")]
    [InlineData("lock_timeout", 1, FindingStatus.Pass, null)]
    public void A_time_limit_is_judged_by_what_LangSmith_needs(string setting, int milliseconds, FindingStatus status, string? text)
    {
        var finding = Inputs.Of(null, facts => facts with { Settings = new Dictionary<string, string>(facts.Settings) { [setting] = $"{milliseconds}" } }).Find("Session.TimeLimits");
        Assert.Equal(status, finding.Status);
        Assert.Equal(text is null ? null : $"ALTER ROLE \"langsmith\" IN DATABASE \"langsmith\" SET {setting} = 0;", finding.Fix?.Text);
        Assert.Contains(text is null ? "No time limit" : $"{setting} is {text},", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pooler_may_drop_the_lock_timeout_that_LangSmith_sets()
    {
        var input = Inputs.Of(null, facts => facts with { Settings = new Dictionary<string, string>(facts.Settings) { ["lock_timeout"] = "1" } });
        Assert.Equal(FindingStatus.Fail, (input with { Pooler = new(StartupRefusal: null, SharesBackends: false) }).Find("Session.TimeLimits").Status);
    }

    [Fact]
    public void The_fix_names_whose_setting_it_is()
    {
        var finding = Inputs.Of(null, facts => facts with
        {
            Overrides = [new("a", "d", "role=x"), new("a", null, "role=x"), new(null, "d", "role=x"), new(null, null, "role=x")],
        }).Find("Session.Overrides");
        Assert.Equal(
            ["ALTER ROLE \"a\" IN DATABASE \"d\" RESET role;", "ALTER ROLE \"a\" RESET role;", "ALTER DATABASE \"d\" RESET role;", "ALTER ROLE ALL RESET role;"],
            finding.Fix!.Text.Split('\n'));
    }

    [Theory]
    [InlineData(-1, 0, FindingStatus.Pass)]
    [InlineData(0, 0, FindingStatus.Fail)]
    [InlineData(12, 2, FindingStatus.Fail)]
    [InlineData(12, 1, FindingStatus.Warning)]
    [InlineData(49, 1, FindingStatus.Warning)]
    [InlineData(50, 1, FindingStatus.Pass)]
    [InlineData(60, 12, FindingStatus.Warning)]
    public void Little_room_for_connections_is_a_warning_and_none_for_the_pods_fails(int limit, int inUse, FindingStatus status)
    {
        var input = Inputs.Of(null, facts => facts with
        {
            Database = facts.Database with { ConnectionLimit = limit, Connections = inUse },
            Role = facts.Role with { ConnectionLimit = limit, Connections = inUse },
            Connections = limit < 0 ? new(100, 3, 1) : new(limit, 0, inUse),
        });
        Assert.All(["Database.ConnectionLimit", "Role.ConnectionLimit", "Server.Connections"], id => Assert.Equal(status, input.Find(id).Status));
    }

    [Theory]
    [InlineData(29, FindingStatus.Warning)]
    [InlineData(31, FindingStatus.Pass)]
    public void A_password_that_ends_soon_is_a_warning(int days, FindingStatus status)
    {
        var input = Inputs.Of(null, facts => facts with { Role = facts.Role with { ValidUntil = facts.Server.Time.AddDays(days) } });
        Assert.Equal(status, input.Find("Role.ValidUntil").Status);
        Assert.Equal(FindingStatus.Pass, Inputs.Of(provider: null).Find("Role.ValidUntil").Status);
    }

    [Theory]
    [InlineData("amazon-rds", 262_144, FindingStatus.Pass)]
    [InlineData("amazon-rds", 131_072, FindingStatus.Warning)]
    [InlineData("azure", 262_144, FindingStatus.Pass)]
    [InlineData("google-cloud-sql", 131_072, FindingStatus.Warning)]
    [InlineData("amazon-aurora", 1_000_000, FindingStatus.Pass)]
    [InlineData(null, 16_384, FindingStatus.Unknown)]
    [InlineData(null, 1_048_576, FindingStatus.Pass)]
    public void Memory_is_estimated_only_where_that_means_something(string? recorded, int pages, FindingStatus status)
    {
        var input = Inputs.Of(recorded, facts => facts with
        {
            Settings = new Dictionary<string, string>(facts.Settings) { ["shared_buffers"] = $"{pages}" },
        });
        var finding = input.Find("Server.Memory");
        Assert.Equal(status, finding.Status);
        Assert.Contains("shared_buffers", finding.Evidence, StringComparison.Ordinal);
        Assert.Equal(FindingStatus.Unknown, input.Find("Server.VCpu").Status);
    }

    [Fact]
    public void What_the_admin_states_wins_over_estimates()
    {
        var input = Inputs.Of("amazon-rds") with { Size = new(1, 4L << 30) };
        Assert.Equal((FindingStatus.Warning, FindingStatus.Warning), (input.Find("Server.VCpu").Status, input.Find("Server.Memory").Status));
        input = input with { Size = new(2, 8L << 30) };
        Assert.Equal((FindingStatus.Pass, FindingStatus.Pass), (input.Find("Server.VCpu").Status, input.Find("Server.Memory").Status));
    }

    [Fact]
    public void Every_finding_is_whole_and_every_failure_can_be_mended()
    {
        foreach (var recorded in (string?[])[null, "amazon-rds", "amazon-aurora", "google-cloud-sql", "google-alloydb", "azure", "azure-cosmos-db", "supabase", "neon", "aiven", "digital-ocean"])
        {
            var findings = ReadinessRules.Evaluate(Inputs.Of(recorded));
            Assert.Equal(findings.Count, findings.Select(finding => finding.Id).Distinct().Count());
            Assert.All(findings, finding =>
            {
                Assert.NotEmpty(finding.Message);
                Assert.NotEmpty(finding.Why!);
                Assert.NotNull(finding.Source);
                Assert.True(finding.Status is not (FindingStatus.Fail or FindingStatus.Warning) || finding.Fix is not null, finding.ToString());
            });
        }
    }
}
