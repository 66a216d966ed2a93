using System.Text.Json.Nodes;
using CsCheck;
using LangSmithPg.Documents;
using LangSmithPg.Yaml.Tests.Documents;
using LangSmithPg.Yaml.Tests.Readers;

namespace LangSmithPg.Yaml.Tests;

/// <summary>Readers in other languages, which are given thousands of hostile texts at once.</summary>
public sealed class OtherReadersTests
{
    const int Documents = 2_000;

    static readonly DocumentMap Samples = new(
    [
        new("fixed", new DocumentMap([.. HostileTexts.Fixed.Distinct().Select(text => KeyValuePair.Create(text, (DocumentNode)new DocumentText(text)))])),
        .. RandomDocuments.Any.Array[Documents].Single().Select((document, index) => KeyValuePair.Create($"random-{index}", (DocumentNode)document)),
    ]);

    [Fact]
    public async Task Helm_reads_what_was_meant() => await AssertReadAsync(HelmReader.ReadAsync);

    // Helm refuses the whole file where its buffer happens to begin with a raw one.
    [Fact]
    public async Task Helm_reads_byte_order_marks_wherever_they_stand()
    {
        var marks = Enumerable.Range(0, 2_000).Select(index => KeyValuePair.Create($"mark-{index}", (DocumentNode)new DocumentText("\uFEFFa")));

        var answer = await HelmReader.ReadAsync(YamlText.Write(new([.. marks])));

        Assert.Equal("\uFEFFa", answer?["mark-1999"]?.GetValue<string>());
    }

    [Fact]
    public async Task PyYaml_reads_what_was_meant() => await AssertReadAsync(PyYamlReader.ReadAsync);

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task Node_reads_what_was_meant(string version) => await AssertReadAsync(yaml => NodeReader.ReadAsync(yaml, version));

    static async Task AssertReadAsync(Func<string, Task<JsonNode?>> read)
    {
        var yaml = YamlText.Write(Samples);
        var answer = await read(yaml);

        Assert.All(Samples.Entries, entry => Assert.True(
            JsonNode.DeepEquals(DocumentJson.Of(entry.Value), answer?[entry.Key]),
            $"{DocumentJson.Of(entry.Value).ToJsonString()} became {answer?[entry.Key]?.ToJsonString()}"));
    }
}
