using LangSmithPg.Clouds;
using LangSmithPg.Core.Tests.Recorded;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Servers;

public sealed class ServerProvidersTests
{
    [Theory]
    [InlineData(null, ServerProvider.Unknown)]
    [InlineData("amazon-rds", ServerProvider.AmazonRds)]
    [InlineData("amazon-aurora", ServerProvider.AmazonAurora)]
    [InlineData("google-cloud-sql", ServerProvider.GoogleCloudSql)]
    [InlineData("google-alloydb", ServerProvider.GoogleAlloyDb)]
    [InlineData("azure", ServerProvider.Azure)]
    [InlineData("azure-cosmos-db", ServerProvider.AzureCosmosDb)]
    [InlineData("supabase", ServerProvider.Supabase)]
    [InlineData("neon", ServerProvider.Neon)]
    [InlineData("aiven", ServerProvider.Aiven)]
    [InlineData("digital-ocean", ServerProvider.DigitalOcean)]
    public void Every_provider_is_told_by_what_it_leaves_in_the_catalog(string? recorded, ServerProvider provider) =>
        Assert.Equal(provider, RecordedFacts.Read(recorded).Provider);

    [Fact]
    public void Roles_tell_it_where_the_settings_are_hidden()
    {
        var facts = RecordedFacts.Read("azure") with { Settings = new Dictionary<string, string>() };

        Assert.Equal(ServerProvider.Azure, facts.Provider);
    }

    [Fact]
    public void Facts_survive_being_kept_as_json()
    {
        var json = ServerFactsJson.Write(RecordedFacts.Read("azure"));

        Assert.Equal(json, ServerFactsJson.Write(ServerFactsJson.Read(json)));
        Assert.Contains("\"azure.extensions\": \"PGCRYPTO,vector\"", json, StringComparison.Ordinal);
    }
}
