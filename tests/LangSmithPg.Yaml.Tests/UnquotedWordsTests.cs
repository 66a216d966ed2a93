using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using LangSmithPg.Documents;
using LangSmithPg.Kubernetes;
using LangSmithPg.Yaml.Tests.Documents;
using LangSmithPg.Yaml.Tests.Readers;

namespace LangSmithPg.Yaml.Tests;

/// <summary>Names that a chart writes without quotes: those that we let pass are texts to every reader.</summary>
public sealed class UnquotedWordsTests
{
    const int Words = 20_000;

    // Few characters, so that numbers, dates and flags of every kind come up.
    static readonly Gen<string> Word = Gen.Char["-._0123456789abefinostxyEINFT"].Array[1, 7].Select(letters => new string(letters));

    static readonly string[] Candidates =
        [.. HostileTexts.Fixed.Concat(Word.Array[Words].Single()).Where(KubernetesNames.IsSecretKey).Distinct(StringComparer.Ordinal)];

    static readonly string[] Passed = [.. Candidates.Where(YamlScalars.IsTextUnquoted)];

    [Fact]
    public void YamlDotNet_takes_them_for_texts() => AssertTexts(YamlDotNetReader.Read(Yaml(Passed)));

    [Fact]
    public async Task Helm_takes_them_for_texts() => AssertTexts(await HelmReader.ReadAsync(Yaml(Passed)));

    [Fact]
    public async Task PyYaml_takes_them_for_texts() => AssertTexts(await PyYamlReader.ReadAsync(Yaml(Passed)));

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task Node_takes_them_for_texts(string version) => AssertTexts(await NodeReader.ReadAsync(Yaml(Passed), version));

    [Fact]
    public async Task Helm_takes_names_that_are_refused_for_something_else()
    {
        string[] refused = ["123", "1.5", "007", "0x1f", "-0x1f", "1e3", "true", "no", "null", "yes", "on", "y", ".5", "1_000", "-_5", "0b11"];

        var answer = await HelmReader.ReadAsync(Yaml(refused));

        Assert.All(refused, name => Assert.False(YamlScalars.IsTextUnquoted(name), name));
        Assert.All(refused, (name, index) => Assert.NotEqual(JsonValueKind.String, answer?[$"w{index}"]?.GetValueKind()));
    }

    static string Yaml(string[] words) => string.Concat(words.Select((word, index) => $"w{index}: {word}\n"));

    static void AssertTexts(JsonNode? answer) => Assert.All(Passed, (word, index) =>
        Assert.True(JsonNode.DeepEquals(word, answer?[$"w{index}"]), $"{word} became {answer?[$"w{index}"]?.ToJsonString()}"));
}
