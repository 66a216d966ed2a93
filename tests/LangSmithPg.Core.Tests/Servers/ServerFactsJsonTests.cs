using System.Text.Json;
using LangSmithPg.Core.Tests.Recorded;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Servers;

/// <summary>Whatever answers may answer anything.</summary>
public sealed class ServerFactsJsonTests
{
    static readonly string Facts = ServerFactsJson.Write(RecordedFacts.Read());

    [Theory]
    [InlineData("null", "The facts are null.")]
    [InlineData("{}", "The facts lack Server.")]
    [InlineData("[]", null)]
    [InlineData("{\"server\": {\"version\": 1}}", null)]
    public void What_is_not_of_the_shape_is_refused(string json, string? message)
    {
        var exception = Assert.Throws<JsonException>(() => ServerFactsJson.Read(json));

        Assert.True(message is null || message == exception.Message, exception.Message);
    }

    [Theory]
    [InlineData("\"version\": \"PostgreSQL", "\"other\": \"PostgreSQL", "Version")]
    [InlineData("\"pg_catalog\"", "null", "SearchPath")]
    [InlineData("\"max_connections\": \"100\"", "\"max_connections\": null", "Settings")]
    [InlineData("\"name\": \"btree_gin\"", "\"name\": null", "Name")]
    public void What_may_not_be_missing_is_asked_for_at_every_depth(string text, string instead, string missing)
    {
        Assert.Contains(text, Facts, StringComparison.Ordinal);

        Assert.Equal(
            $"The facts lack {missing}.", Assert.Throws<JsonException>(() => ServerFactsJson.Read(Facts.Replace(text, instead, StringComparison.Ordinal))).Message);
    }

    [Fact]
    public void A_name_stays_as_the_server_has_it_for_statements_to_use()
    {
        var facts = ServerFactsJson.Read(Facts.Replace("\"pg_catalog\"", "\"x\\u001b]0;title\\u0007\"", StringComparison.Ordinal));

        Assert.Contains("x\u001b]0;title\u0007", facts.SearchPath);
    }
}
