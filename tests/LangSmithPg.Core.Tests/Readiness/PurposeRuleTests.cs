using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Recorded;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Readiness;

/// <summary>The other databases of a release ask something else of their servers than LangSmith's own.</summary>
public sealed class PurposeRuleTests
{
    [Theory]
    [InlineData(DatabasePurpose.LangSmith, 130012, FindingStatus.Fail)]
    [InlineData(DatabasePurpose.Fleet, 130012, FindingStatus.Fail)]
    [InlineData(DatabasePurpose.Polly, 140000, FindingStatus.Pass)]
    [InlineData(DatabasePurpose.SmithDbMetastore, 170009, FindingStatus.Fail)]
    [InlineData(DatabasePurpose.SmithDbMetastore, 180000, FindingStatus.Pass)]
    [InlineData(DatabasePurpose.SmithDbTaskDb, 130012, FindingStatus.NotApplicable)]
    public void Each_has_its_own_oldest_version(DatabasePurpose purpose, int version, FindingStatus status)
    {
        var finding = Of(purpose, facts => facts with { Server = facts.Server with { VersionNumber = version } }).Find("Server.Version");

        Assert.Equal(status, finding.Status);
        Assert.Equal(status == FindingStatus.Fail, finding.Fix is not null);
    }

    [Theory]
    [InlineData(DatabasePurpose.Fleet, 1)]
    [InlineData(DatabasePurpose.Insights, 0)]
    [InlineData(DatabasePurpose.SmithDbMetastore, 0)]
    [InlineData(DatabasePurpose.LangSmith, 6)]
    public void Each_has_its_own_extensions(DatabasePurpose purpose, int count) =>
        Assert.Equal(count, DatabaseRequirements.Of(purpose).Extensions.Count);

    [Fact]
    public void A_metastore_wants_a_server_of_its_own()
    {
        Assert.Equal(FindingStatus.Unknown, Dedicated(null).Status);
        Assert.Equal(FindingStatus.Pass, Dedicated("postgres", "azure_maintenance", "azure_sys").Status);
        var shared = Dedicated("langsmith", "postgres");
        Assert.Equal((FindingStatus.Warning, "The server has other databases: langsmith."), (shared.Status, shared.Message));
        Assert.DoesNotContain(ReadinessRules.Evaluate(Of(DatabasePurpose.Polly)), finding => finding.Id is "Server.Dedicated" or "Database.Empty");

        static Finding Dedicated(params string[]? names) => Of(DatabasePurpose.SmithDbMetastore, facts => facts with { OtherDatabases = names }).Find("Server.Dedicated");
    }

    [Fact]
    public void A_metastore_that_is_not_empty_is_not_known_to_be_its_own()
    {
        Assert.Equal(FindingStatus.Pass, Empty([]).Status);
        Assert.Equal(FindingStatus.Unknown, Empty([new("someone", 3, IsOwner: true)]).Status);

        static Finding Empty(IReadOnlyList<OwnedObjects> objects) =>
            Of(DatabasePurpose.SmithDbMetastore, facts => facts with { Schema = facts.Schema with { Objects = objects } }).Find("Database.Empty");
    }

    [Theory]
    [InlineData("public", FindingStatus.Pass)]
    [InlineData("fleet", FindingStatus.Fail)]
    [InlineData(null, FindingStatus.Fail)]
    public void What_sets_no_search_path_uses_that_of_its_role(string? first, FindingStatus status)
    {
        var finding = Of(DatabasePurpose.Fleet, facts => facts with { SearchPath = first is null ? ["pg_catalog"] : ["pg_catalog", first] }).Find("Session.SearchPath");

        Assert.Equal(status, finding.Status);
        Assert.Equal(status == FindingStatus.Fail, finding.Fix is { Kind: RemedyKind.Sql });
    }

    [Fact]
    public void Of_a_pooler_it_is_not_documented_what_the_others_support()
    {
        Assert.Equal(FindingStatus.Pass, Of(DatabasePurpose.Polly).Find("Pooler").Status);
        Assert.Equal(FindingStatus.Warning, (Of(DatabasePurpose.Polly) with { Pooler = new(StartupRefusal: null, SharesBackends: true) }).Find("Pooler").Status);
    }

    [Theory]
    [InlineData(DatabasePurpose.SmithDbMetastore, SslMode.Require, FindingStatus.Fail)]
    [InlineData(DatabasePurpose.SmithDbMetastore, SslMode.Prefer, FindingStatus.Warning)]
    [InlineData(DatabasePurpose.SmithDbTaskDb, SslMode.Require, FindingStatus.Unknown)]
    [InlineData(DatabasePurpose.Polly, SslMode.Require, FindingStatus.Warning)]
    [Trait("NotOnWine", "Wine has no EC keys (NTE_NOT_SUPPORTED).")]
    public void SmithDB_trusts_public_authorities_alone(DatabasePurpose purpose, SslMode mode, FindingStatus status)
    {
        var input = Of(purpose, mode: mode) with { Tls = CertificateRuleTests.PrivateTls() };

        Assert.Equal(status, input.Find("Tls.Authority").Status);
    }

    [Fact]
    public void Only_passwords_log_in_to_the_task_database()
    {
        var connection = new PartialConnection { HostName = "db.example.com", Database = "d", UserName = "u", IamAuthProvider = IamAuthProvider.Aws, Purpose = DatabasePurpose.SmithDbTaskDb }.Complete().Require();
        var finding = (Of(DatabasePurpose.SmithDbTaskDb) with { Connection = connection }).Find("Iam.Role");

        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains("supports only passwords", finding.Message, StringComparison.Ordinal);
    }

    static ReadinessInput Of(DatabasePurpose purpose, Func<ServerFacts, ServerFacts>? change = null, SslMode mode = SslMode.Require)
    {
        var facts = RecordedFacts.Read();
        var connection = new PartialConnection { HostName = "db.example.com", Database = "d", UserName = "u", SslMode = mode, Purpose = purpose }.Complete().Require();
        return new(connection, change is null ? facts : change(facts), Inputs.Today);
    }
}
