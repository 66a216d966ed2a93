using LangSmithPg.Fuzz.Targets;

namespace LangSmithPg.Yaml.Tests.Fuzzing;

/// <summary>Every input that fuzzing keeps keeps its promises: see docs/fuzzing.md.</summary>
public sealed class CorpusTests
{
    const string Certificates = "certificates";

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name).Where(name => name != Certificates)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_input_of_the_corpus_keeps_its_promises(string name) => Run(name);

    [Fact]
    [Trait("NotOnWine", "Wine gives a certificate no key (CopyWithEphemeralKey).")]
    public void Every_certificate_of_the_corpus_keeps_its_promises() => Run(Certificates);

    static void Run(string name)
    {
        var target = FuzzTarget.All.Single(one => one.Name == name);
        var files = Directory.GetFiles(Path.Join(AppContext.BaseDirectory, "corpus", name));

        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var exception = Record.Exception(() => target.Run(File.ReadAllBytes(file)));
            Assert.True(exception is null, $"{Path.GetFileName(file)}: {exception}");
        }
    }
}
