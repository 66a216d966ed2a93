using System.Management.Automation.Language;
using System.Text.Json;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Documentation;

/// <summary>
/// Whatever in the documentation decides by results whether a script goes on, with none, one and several: <c>-not (…).IsReady</c> of two
/// results, say, is false whatever they are.
/// </summary>
public sealed class GateTests
{
    static readonly string[] Sources =
    [
        "Test-LangSmithPgReadiness", "Test-LangSmithPgHealth", "Test-LangSmithPgConnection", "Test-LangSmithPgConnectionString", "Test-LangSmithPgExtensions", "Test-LangSmithHelmValues",
        "Receive-LangSmithPgPreflight",
    ];

    static readonly (string Name, bool[] Ready, bool IsPassed)[] Cases =
    [
        ("none", [], false),
        ("one that is ready", [true], true),
        ("one that is not", [false], false),
        ("several that are ready", [true, true, true], true),
        ("several, the first is not", [false, true, true], false),
        ("several, the last is not", [true, true, false], false),
        ("several that are not", [false, false], false),
    ];

    [Fact]
    public async Task A_script_goes_on_only_where_there_are_results_and_all_are_ready()
    {
        using var folder = new TemporaryFolder();
        var gates = Gates().ToList();
        // A gate that is found nowhere would not be tested.
        Assert.Equal(
            [
                "README.md: A quick tour",
                "README.md: In a runbook",
                "docs/en-US/Compare-LangSmithPgReport.md: Example 2: Stop a pipeline if anything is worse",
                "docs/en-US/Receive-LangSmithPgPreflight.md: Example 2: A report, and an exit code for a pipeline",
                "docs/en-US/Test-LangSmithHelmValues.md: Example 3: In a pipeline",
                "docs/en-US/Test-LangSmithPgConnection.md: Example 3: In a script",
                "docs/en-US/Test-LangSmithPgConnectionString.md: Example 3: As a gate",
                "docs/en-US/Test-LangSmithPgExtensions.md: Example 3: In a script",
                "docs/en-US/Test-LangSmithPgReadiness.md: Example 5: In a pipeline",
                "docs/preflight.md",
                "docs/runbooks/azure-automation.ps1",
                "docs/runbooks/azure-pipelines.yml",
                "docs/runbooks/github-actions-health.yml",
                "docs/runbooks/github-actions.yml",
            ],
            gates.Select(one => one.Name).Order(StringComparer.Ordinal));
        File.WriteAllText(folder.File("plan.json"), JsonSerializer.Serialize(
            gates.SelectMany(gate => Cases.Select(one => new { gate.Name, Case = one.Name, gate.Code, one.Ready }))));

        var run = await Pwsh.RunAsync($"& '{Path.Join(AppContext.BaseDirectory, "Documentation", "gates.ps1")}' -Plan '{folder.File("plan.json")}'", folder.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var lines = run.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(gates.Count * Cases.Length, lines.Length);
        Assert.All(gates.SelectMany(gate => Cases.Select(one => (gate.Name, one))), pair =>
        {
            var (gate, one) = pair;
            var line = Assert.Single(lines, line => line.StartsWith($"{gate}|{one.Name}|", StringComparison.Ordinal));
            // Where nothing was looked at, nothing is known to be missing.
            var isPassed = one.IsPassed || (one.Ready.Length == 0 && gate.StartsWith("docs/en-US/Test-LangSmithPgExtensions.md", StringComparison.Ordinal));
            Assert.True(line.EndsWith("|passed", StringComparison.Ordinal) == isPassed, line);
        });
    }

    static IEnumerable<(string Name, string Code)> Gates()
    {
        // The code of a translation is that of its original: TranslationTests.
        string[] documents = ["README.md", .. Directory.GetFiles(Path.Join(BuildPaths.Repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(BuildPaths.Repository, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("docs/zh-CN/", StringComparison.Ordinal))];
        foreach (var document in documents)
        {
            var blocks = CodeBlock.OfPage(document);
            foreach (var block in blocks.Where(block => Decides(block.Code)))
            {
                // One that says what is done with results which an earlier block has got.
                var first = blocks.Last(one => one.Number <= block.Number && Sources.Any(source => one.Code.Contains(source, StringComparison.Ordinal)));
                yield return ($"{block}", string.Join('\n', blocks.Where(one => one.Number >= first.Number && one.Number <= block.Number).Select(one => one.Code)));
            }
        }

        CodeBlock[] samples =
        [
            CodeBlock.OfScript("docs/runbooks/azure-automation.ps1"),
            CodeBlock.OfPipeline("docs/runbooks/azure-pipelines.yml", "Inline"),
            CodeBlock.OfPipeline("docs/runbooks/github-actions.yml", "run"),
            CodeBlock.OfPipeline("docs/runbooks/github-actions-health.yml", "run"),
        ];
        foreach (var sample in samples)
        {
            Assert.True(Decides(sample.Code), $"{sample}");
            yield return ($"{sample}", sample.Code);
        }
    }

    static bool Decides(string code) =>
        Parser.ParseInput(code, out _, out _).FindAll(one => one is ExitStatementAst or ThrowStatementAst or IfStatementAst, searchNestedScriptBlocks: true).Any();
}
