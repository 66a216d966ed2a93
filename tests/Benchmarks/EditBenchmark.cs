using LangSmithPg.Sandbox.Npm;

namespace LangSmithPg.Benchmarks;

/// <summary>
/// Four values set in a values file, read and written, beside npm's <c>yaml</c> (document API) and Python's ruamel.yaml, which keep
/// comments too: the time, and the lines that change beside those that were to. Of the real values files in the folder that
/// <c>LANGSMITH_CHART_VALUES</c> names, the largest.
/// </summary>
static class EditBenchmark
{
    const int LargeLines = 100_000;

    const string Node = """
        const [yaml, from, to] = process.argv.slice(1);
        const YAML = require(yaml), fs = require('fs');
        require('readline').createInterface({ input: process.stdin }).on('line', () => {
          const document = YAML.parseDocument(fs.readFileSync(from, 'utf8'));
          document.setIn(['postgres', 'external', 'enabled'], true);
          document.setIn(['postgres', 'external', 'existingSecretName'], 'pg');
          document.setIn(['postgres', 'external', 'customTls'], true);
          document.setIn(['postgres', 'external', 'iamAuthProvider'], 'azure');
          fs.writeFileSync(to, document.toString());
          console.log('done');
        });
        """;

    const string Python = """
        import sys
        from ruamel.yaml import YAML
        yaml = YAML()
        yaml.preserve_quotes = True
        for line in sys.stdin:
            with open(sys.argv[1], encoding='utf-8') as source:
                document = yaml.load(source)
            external = document['postgres']['external']
            external['enabled'] = True
            external['existingSecretName'] = 'pg'
            external['customTls'] = True
            external['iamAuthProvider'] = 'azure'
            with open(sys.argv[2], 'w', encoding='utf-8') as target:
                yaml.dump(document, target)
            print('done', flush=True)
        """;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("langsmithpg-edits-").FullName;
        try
        {
            var large = Path.Combine(folder, "large.yaml");
            File.WriteAllText(large, Synthetic());
            var yaml = await NpmPackageCache.GetAsync(NpmLock.Find("yaml")!, _ => { }, CancellationToken.None);
            foreach (var (file, rounds) in RealFiles().OrderBy(file => new FileInfo(file).Length).TakeLast(1).Select(file => (file, 40)).Append((large, 2)))
            {
                await MeasureAsync(file, rounds, yaml, folder);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task MeasureAsync(string file, int rounds, string yaml, string folder)
    {
        var (ours, nodes, pythons) = (Path.Combine(folder, "ours.yaml"), Path.Combine(folder, "node.yaml"), Path.Combine(folder, "python.yaml"));
        using var session = new WarmSession();
        session.Run(
            "$values = New-LangSmithPgConnectionString -HostName h -Database d -UserName u -SslMode VerifyFull -IamAuthProvider Azure | New-LangSmithHelmValues -ExistingSecretName pg");
        var edit = Contender.Timed("Export-LangSmithHelmValues", () =>
        {
            // Not copied: the file may be read-only.
            File.WriteAllBytes(ours, File.ReadAllBytes(file));
            session.Run($"$values | Export-LangSmithHelmValues '{ours}' -Force");
        });

        using var node = new WarmProcess("node", "--eval", Node, yaml, file, nodes);
        await SideBySide.RunAsync($"Edit {Path.GetFileName(file)}, beside npm", rounds, edit, [Contender.Timed("npm yaml", node.RunAsync)]);
        if (WarmProcess.Find("/usr/bin/python3", "-c", "import ruamel.yaml") is { } python)
        {
            using var ruamel = new WarmProcess(python, "-c", Python, file, pythons);
            await SideBySide.RunAsync($"Edit {Path.GetFileName(file)}, beside Python", rounds > 2 ? 3 : 1, edit, [Contender.Timed("ruamel.yaml", ruamel.RunAsync)]);
        }

        var before = File.ReadAllLines(file);
        foreach (var (name, path) in new[] { ("ours", ours), ("npm yaml", nodes), ("ruamel.yaml", pythons) }.Where(one => File.Exists(one.Item2)))
        {
            Console.WriteLine($"  lines that changed, of 4 to change: {Changed(before, File.ReadAllLines(path))} ({name})");
        }

        Console.WriteLine();
    }

    // Lines that are gone or came, whichever is more; lines that only moved do not count.
    static int Changed(string[] before, string[] after)
    {
        var counts = before.GroupBy(line => line, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var came = after.Count(line => !(counts.TryGetValue(line, out var left) && left > 0 && (counts[line] = left - 1) >= 0));
        return Math.Max(came, counts.Values.Sum());
    }

    static string[] RealFiles() => Environment.GetEnvironmentVariable("LANGSMITH_CHART_VALUES") is { Length: > 0 } folder
        ? Directory.GetFiles(folder, "*.yaml")
        : [];

    // Such as real ones are: comments, quotes, lists and maps four levels deep.
    static string Synthetic() => "# Values of ours.\npostgres:\n  external:\n    enabled: false # in the cluster\n    existingSecretName: \"\"\n    customTls: false\n    iamAuthProvider: ''\n"
        + string.Concat(Enumerable.Range(0, LargeLines / 8).Select(number =>
            $"# Component {number}\ncomponent{number}:\n  enabled: true\n  deployment:\n    replicas:   {number}  # aligned\n    labels: {{}}\n    args: [\"--one\", '--two']\n  name: \"component-{number}\"\n"));
}
