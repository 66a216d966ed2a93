using LangSmithPg.Documents;
using LangSmithPg.Files;
using LangSmithPg.Yaml.Linting;
using LangSmithPg.Yaml.Tests.Readers;

namespace LangSmithPg.Yaml.Tests.Linting;

/// <summary>What a values file holds, as Helm reads it.</summary>
public sealed class ValuesFileReaderTests
{
    [Fact]
    public void Aliases_and_merge_keys_are_followed_and_a_key_of_ones_own_wins()
    {
        var values = ValuesFileReader.Read("v", "a: &a\n  x: 1\n  y: 2\nb:\n  <<: *a\n  y: 3\nc: *a\nd: [*a]\n").Values.ToDictionary(one => one.Path.ToString());

        Assert.Equal(("1", "3", "2", "1"), (values["b.x"].Text, values["b.y"].Text, values["c.y"].Text, values["d.[0].x"].Text));
        Assert.Equal((6, 3), (values["b.y"].Line, values["b.y"].Column));
    }

    [Fact]
    public void A_key_that_comes_twice_is_noted_with_its_second_place()
    {
        var file = ValuesFileReader.Read("v", "\uFEFFa: 1\nb: 2\na: 3\n");

        Assert.Equal(("a", 3, 1), Assert.Single(file.Repeated) is var one ? (one.Path.ToString(), one.Line, one.Column) : default);
        Assert.Equal(["1", "2"], file.Values.Select(value => value.Text));
    }

    [Theory]
    [InlineData("- a\n", FileProblemKind.NotAMap)]
    [InlineData("a: 1\n---\nb: 2\n", FileProblemKind.SeveralDocuments)]
    [InlineData("a: [1\n", FileProblemKind.SyntaxError)]
    [InlineData("a: &a\n  b: *a\n", FileProblemKind.FileTooLarge)]
    [InlineData("a: &a {<<: *a}\n", null)]
    [InlineData("# nothing\n", null)]
    public void What_is_no_values_file_is_refused_by_name(string text, FileProblemKind? kind) =>
        Assert.Equal(kind, Record.Exception(() => ValuesFileReader.Read("v", text)) is FileEditException problem ? problem.Kind : null);

    [Theory]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void What_is_nested_too_deep_is_refused_where_it_is(string level)
    {
        var problem = Assert.Throws<FileEditException>(() => ValuesFileReader.Read("v", "a:\n  " + string.Concat(Enumerable.Repeat(level, 1_000_000))));

        Assert.Equal((FileProblemKind.SyntaxError, 2), (problem.Kind, problem.Line));
        Assert.EndsWith("The document is nested too deeply to be read.", problem.Message, StringComparison.Ordinal);
        Assert.InRange(problem.Column!.Value, 1000, 2100);
    }

    [Fact]
    public void A_few_lines_that_stand_for_billions_of_values_are_refused()
    {
        var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 12).Select(n => $"a{n}: &a{n} [{string.Join(',', Enumerable.Repeat($"*a{n - 1}", 10))}]\n"));

        Assert.Equal(FileProblemKind.FileTooLarge, Assert.Throws<FileEditException>(() => ValuesFileReader.Read("v", bomb)).Kind);
    }

    [Fact]
    public void A_file_that_is_larger_than_any_is_refused() => Assert.Equal(
        FileProblemKind.FileTooLarge, Assert.Throws<FileEditException>(() => ValuesFileReader.Read("v", new string(' ', 50_000_000))).Kind);

    [Fact]
    public async Task Helm_takes_the_same_words_for_numbers_and_flags()
    {
        string[] words =
        [
            "true", "True", "TRUE", "tRUE", "yes", "no", "on", "off", "y", "N", "oN", "1", "-1", "+1", "1.5", ".5", "1.", "1e3", "1_000", "0x1F", "0b11", "0b-1", "0o17", "017", "08",
            "a1", "1a", "1.2.3", "11111111-2222-3333-4444-555555555555", "2001-12-14", "12:30", "arn:aws:iam::1:role/x", "x@y.iam", "123456789012", "_1", "1_",
        ];
        var read = (await HelmReader.ReadAsync(string.Concat(words.Select((word, index) => $"k{index}: {word}\n"))))!;

        foreach (var (word, index) in words.Select((word, index) => (word, index)))
        {
            var isText = read[$"k{index}"]!.GetValueKind() == System.Text.Json.JsonValueKind.String;
            Assert.True(isText != YamlScalars.IsNumberOrFlag(word), word);
        }
    }
}
