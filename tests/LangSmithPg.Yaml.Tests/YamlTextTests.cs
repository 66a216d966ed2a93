using System.Text.Json.Nodes;
using CsCheck;
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
}
