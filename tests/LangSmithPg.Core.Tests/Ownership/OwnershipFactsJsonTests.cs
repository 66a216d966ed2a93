using System.Text.Json;
using LangSmithPg.Ownership;

namespace LangSmithPg.Core.Tests.Ownership;

/// <summary>What a server answers of ownership goes into statements, and into scripts for psql.</summary>
public sealed class OwnershipFactsJsonTests
{
    [Fact]
    public void Names_and_words_are_taken_as_they_are()
    {
        var facts = OwnershipFactsJson.Read(Facts("foreign-data wrapper", "\"odd; \"", "SELECT"));

        Assert.Equal("foreign-data wrapper \"odd; \"", Assert.Single(facts.Objects).ToString());
    }

    [Theory]
    [InlineData("table; DROP", "runs", "SELECT")]
    [InlineData("", "runs", "SELECT")]
    [InlineData("table", "runs\n\\! touch x", "SELECT")]
    [InlineData("table", "runs", "SELECT; DROP")]
    [InlineData("table", "runs", "ALL -- ")]
    public void More_than_that_is_refused(string kind, string identity, string privilege) =>
        Assert.Throws<JsonException>(() => OwnershipFactsJson.Read(Facts(kind, identity, privilege)));

    static string Facts(string kind, string identity, string privilege) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["from"] = null,
        ["to"] = null,
        ["objects"] = new[] { new { kind, schema = "public", identity, bytes = 0, locks = 1 } },
        ["default_privileges"] = new[] { new { schema = (string?)null, object_type = "r", privilege, grantee = "a", grantable = false, revoked = false } },
        ["shared_objects"] = Array.Empty<string>(),
        ["owns_database"] = false,
        ["other_databases"] = Array.Empty<string>(),
        ["closed_schemas"] = Array.Empty<object>(),
        ["max_locks_per_transaction"] = 64,
        ["max_transactions"] = 100,
    });
}
