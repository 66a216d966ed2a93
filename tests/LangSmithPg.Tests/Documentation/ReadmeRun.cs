using System.Text.Json;
using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Documentation;

/// <summary>Sections of the README, pasted into one session of PowerShell in a folder of their own.</summary>
sealed partial class ReadmeRun : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly Dictionary<string, string> _environment = [];

    /// <summary>All of it.</summary>
    public static IReadOnlyList<CodeBlock> Blocks { get; } = CodeBlock.OfPage("README.md");

    /// <summary>The servers of the README, and where the one of the tests is.</summary>
    static IReadOnlyList<(string There, string Here)> Places { get; } =
    [
        ("Server=db.example.com;", "Server=localhost;Port=<port>;"),
        ("@db.example.com/", "@localhost:<port>/"),
        ("db.example.com", "localhost"),
        ("db.postgres.database.azure.com", "localhost"),
        ("db.c0ffee.eu-central-1.rds.amazonaws.com", "localhost"),
        ("10.20.0.5", "localhost"),
    ];

    /// <summary>The port of the server; none where the commands get it from a file.</summary>
    public int? Port { get; init; }

    /// <summary>Who logs in where Get-Credential asks.</summary>
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    public string PfxPassword { get; init; } = "";

    public RecordedCluster? Cluster { get; init; }

    public IReadOnlyDictionary<string, string> Environment { init => _environment = new(value); get => _environment; }

    public string File(string name) => _folder.File(name);

    public string Read(string name) => System.IO.File.ReadAllText(File(name));

    /// <summary>Pastes blocks.</summary>
    /// <returns>What each showed, on one line whatever the width, and the exit code.</returns>
    public async Task<(IReadOnlyList<string> Shown, int ExitCode)> PasteAsync(params IEnumerable<CodeBlock> blocks)
    {
        var pasted = blocks.ToList();
        System.IO.File.WriteAllText(File("plan.json"), JsonSerializer.Serialize(pasted.Select(one => new { one.Number, Code = Here(one.Code) })));
        var run = await Pwsh.RunAsync(
            $"& '{Path.Join(AppContext.BaseDirectory, "Documentation", "readme.ps1")}' -Plan '{File("plan.json")}' -Manifest '{BuildPaths.ModuleManifest}'; exit $LASTEXITCODE",
            _folder.Path,
            new Dictionary<string, string>(_environment)
            {
                ["README_PORT"] = $"{Port}",
                ["README_USER"] = User,
                ["README_PASSWORD"] = Password,
                ["README_PFX_PASSWORD"] = PfxPassword,
                ["README_CLUSTER"] = Cluster?.Url ?? "",
            });
        var output = run.Output.ReplaceLineEndings("\n");
        var results = Results().Matches(output).ToList();
        Assert.Empty(results.SelectMany(one => one.Groups["error"].Captures).Select(one => one.Value));
        Assert.Equal("", run.Errors);
        // The last one may end the session.
        var shown = results.Select(one => one.Groups["shown"].Value).ToList();
        if (shown.Count == pasted.Count - 1)
        {
            shown.Add(output[(results[^1].Index + results[^1].Length)..]);
        }

        Assert.Equal(pasted.Count, shown.Count);
        return ([.. shown.Select(text => Regex.Replace(text, @"\s+", " "))], run.ExitCode);
    }

    public static IEnumerable<CodeBlock> Of(string section) => Blocks.Where(one => one.Section == section);

    public void Dispose() => _folder.Dispose();

    string Here(string code) => Places.Aggregate(code, (text, place) => text.Replace(place.There, place.Here.Replace("<port>", $"{Port}", StringComparison.Ordinal), StringComparison.Ordinal));

    [GeneratedRegex(@"^<<<(?<number>.+)\n(?<shown>(?:.*\n)*?)>>>\n(?:!!!(?<error>.*)\n)*", RegexOptions.Multiline)]
    private static partial Regex Results();
}
