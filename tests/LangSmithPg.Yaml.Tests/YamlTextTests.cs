using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using LangSmithPg.Documents;
using LangSmithPg.Yaml.Tests.Documents;
using LangSmithPg.Yaml.Tests.Readers;

namespace LangSmithPg.Yaml.Tests;

public sealed class YamlTextTests
{
    [Fact]
    public void Any_document_is_read_back_as_it_was() =>
        RandomDocuments.Any.Sample(document =>
        {
            var yaml = YamlText.Write(document);
            Assert.True(JsonNode.DeepEquals(DocumentJson.Of(document), YamlDotNetReader.Read(yaml)), yaml);
        }, iter: 100_000, print: document => DocumentJson.Of(document).ToJsonString());

    [Fact]
    public void A_manifest_reads_as_a_person_would_write_it()
    {
        var document = new DocumentMap(
        [
            new("kind", new DocumentText("Secret")),
            new("azure.workload.identity/use", new DocumentText("true")),
            new("enabled", new DocumentFlag(true)),
            new("port", new DocumentNumber(5432)),
            new("connection_url", new DocumentText("user:p%40ss@host:5432/db")),
            new("ca.crt", new DocumentText("-----BEGIN CERTIFICATE-----\nAA==\n")),
            new("empty", new DocumentMap([])),
        ]);

        Assert.Equal(
            """
            kind: Secret
            azure.workload.identity/use: "true"
            enabled: true
            port: 5432
            connection_url: "user:p%40ss@host:5432/db"
            ca.crt: |
              -----BEGIN CERTIFICATE-----
              AA==
            empty: {}

            """,
            YamlText.Write(document));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused()
    {
        // Not in an attribute, where the compiler would mend it.
        const string High = "a\uD83D", Low = "\uDE00a";

        Assert.Throws<EncoderFallbackException>(() => YamlText.Write(new([new("key", new DocumentText(High))])));
        Assert.Throws<EncoderFallbackException>(() => YamlText.Write(new([new(Low, new DocumentFlag(true))])));
    }
}
