using System.Globalization;
using LangSmithPg.Documents;

namespace LangSmithPg.Core.Tests.Documents;

/// <summary>That these words are texts to the readers themselves is shown in LangSmithPg.Yaml.Tests.</summary>
public sealed class YamlScalarsTests
{
    [Theory]
    [InlineData("postgres-secret")]
    [InlineData("connection_url")]
    [InlineData("a1")]
    [InlineData("nothing")]
    [InlineData("once")]
    [InlineData("yes-please")]
    [InlineData("e2e-test")]
    [InlineData("infinity")]
    [InlineData("azure.workload.identity/use")]
    public void Ordinary_names_are_texts(string word) => Assert.True(YamlScalars.IsTextUnquoted(word));

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("Null")]
    [InlineData("TRUE")]
    [InlineData("y")]
    [InlineData("Off")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("007")]
    [InlineData("0o17")]
    [InlineData("-0x1F")]
    [InlineData("0_x1F")]
    [InlineData("-_5")]
    [InlineData("1_000.5")]
    [InlineData("1e3")]
    [InlineData("e9")]
    [InlineData(".5")]
    [InlineData("._5")]
    [InlineData("-.INF")]
    [InlineData(".nan")]
    [InlineData("190:20:30")]
    [InlineData("2001-12-14")]
    [InlineData("2001-12-14T21:59:43Z")]
    [InlineData("-")]
    public void What_some_reader_takes_for_something_else_is_none(string word) => Assert.False(YamlScalars.IsTextUnquoted(word));

    [Fact]
    public void The_language_of_the_machine_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
        try
        {
            Assert.False(YamlScalars.IsTextUnquoted(".INF"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
