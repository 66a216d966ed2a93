using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Readiness;

/// <summary>What keeps a server from working well for years.</summary>
public sealed class HealthRuleTests
{
    [Fact]
    public void A_server_that_is_well_has_nothing_to_do()
    {
        foreach (var id in (string[])["Server.Durability", "Server.Maintenance", "Server.SynchronousStandby", "Server.ReplicationSlots", "Database.PreparedTransactions", "Database.Tablespace", "Schema.DefaultPrivileges", "Session.TemporaryFiles", "Role.Superuser", "Server.PasswordEncryption", "Server.MinorVersion"])
        {
            var finding = Inputs.Of(provider: null).Find(id);
            Assert.Equal((id, FindingStatus.Pass, null), (finding.Id, finding.Status, finding.Fix));
        }
    }

    [Theory]
    [InlineData("fsync", "off", "Server.Durability")]
    [InlineData("full_page_writes", "off", "Server.Durability")]
    [InlineData("autovacuum", "off", "Server.Maintenance")]
    [InlineData("track_counts", "off", "Server.Maintenance")]
    [InlineData("password_encryption", "md5", "Server.PasswordEncryption")]
    [InlineData("temp_file_limit", "1024", "Session.TemporaryFiles")]
    public void A_setting_is_a_warning_with_the_statement_that_mends_it(string setting, string value, string id)
    {
        var finding = Of(setting, value).Find(id);
        Assert.Equal(FindingStatus.Warning, finding.Status);
        Assert.Contains($"SET {setting} = ", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("off", null, FindingStatus.Unknown)]
    [InlineData("on", null, FindingStatus.Pass)]
    [InlineData("on", "azure", FindingStatus.Unknown)]
    public void A_backup_is_known_by_an_archive_alone_and_never_on_a_cloud(string mode, string? provider, FindingStatus status) =>
        Assert.Equal(status, Inputs.Of(provider, facts => facts with { Settings = new Dictionary<string, string>(facts.Settings) { ["archive_mode"] = mode } }).Find("Server.Backup").Status);

    [Theory]
    [InlineData("", 0, 0, FindingStatus.Pass)]
    [InlineData("a", 0, 0, FindingStatus.Fail)]
    [InlineData("a", 1, 0, FindingStatus.Fail)]
    [InlineData("a", 1, null, FindingStatus.Unknown)]
    [InlineData("a", 0, null, FindingStatus.Fail)]
    [InlineData("a", 2, 1, FindingStatus.Pass)]
    public void A_commit_that_waits_for_nobody_is_told(string names, int standbys, int? synchronous, FindingStatus status)
    {
        var input = Of("synchronous_standby_names", names);
        var finding = With(input, health => health with { Standbys = standbys, SynchronousStandbys = synchronous }).Find("Server.SynchronousStandby");
        Assert.Equal(status, finding.Status);
        Assert.Equal(status is FindingStatus.Pass, finding.Fix is null);
    }

    [Fact]
    public void A_slot_that_keeps_much_and_a_transaction_in_doubt_are_named_and_quoted()
    {
        var input = With(Inputs.Of(provider: null), health => health with
        {
            Slots = [new("it's", 5L << 30), new("small", 1000), new("unknown", RetainedBytes: null)],
            PreparedTransactions = [new("a 'b", "app", 60), new("new", "app", 1)],
        });
        var slots = input.Find("Server.ReplicationSlots");
        Assert.Equal(FindingStatus.Warning, slots.Status);
        Assert.EndsWith("SELECT pg_drop_replication_slot('it''s');", slots.Fix?.Text, StringComparison.Ordinal);
        Assert.Contains("5120 MB", slots.Message, StringComparison.Ordinal);
        var prepared = input.Find("Database.PreparedTransactions");
        Assert.Equal(FindingStatus.Warning, prepared.Status);
        Assert.EndsWith("\nROLLBACK PREPARED 'a ''b';", prepared.Fix?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "2", FindingStatus.NotApplicable)]
    [InlineData("1", "1", FindingStatus.Pass)]
    [InlineData("1", "2", FindingStatus.Warning)]
    public void Another_version_of_the_collation_is_a_warning(string? made, string? actual, FindingStatus status) => Assert.Equal(
        status, With(Inputs.Of(provider: null), health => health with { CollationVersion = made, ActualCollationVersion = actual }).Find("Database.CollationVersion").Status);

    [Fact]
    public void What_is_hidden_is_unknown()
    {
        var finding = Inputs.Of(null, facts => facts with { Health = null, HealthError = "permission denied" }).Find("Server.Health");
        Assert.Equal((FindingStatus.Unknown, "permission denied"), (finding.Status, finding.Evidence));
    }

    [Theory]
    [InlineData(170_009, FindingStatus.Warning)]
    [InlineData(170_010, FindingStatus.Pass)]
    [InlineData(990_001, FindingStatus.NotApplicable)]
    public void A_minor_release_behind_the_newest_known_is_a_warning(int version, FindingStatus status) => Assert.Equal(
        status, Inputs.Of(null, facts => facts with { Server = facts.Server with { VersionNumber = version } }).Find("Server.MinorVersion").Status);

    static ReadinessInput Of(string setting, string value) =>
        Inputs.Of(null, facts => facts with { Settings = new Dictionary<string, string>(facts.Settings) { [setting] = value } });

    static ReadinessInput With(ReadinessInput input, Func<ServerHealth, ServerHealth> change) =>
        input with { Facts = input.Facts with { Health = change(input.Facts.Health!) } };
}
