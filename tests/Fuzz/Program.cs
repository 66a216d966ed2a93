using System.Globalization;
using System.Reflection;
using LangSmithPg.Fuzz.Engine;
using LangSmithPg.Fuzz.Targets;

const string Usage = """
    fuzz [run] [--minutes <n>] [<target> ...]    looks for inputs that break a promise, n minutes a target
    fuzz keep [<target> ...]                     takes into the corpus what that found worth keeping
    fuzz try <target> <file> ...                 gives files to a target
    """;
var corpus = typeof(FuzzTarget).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "Corpus").Value!;
var root = Path.GetFullPath(Path.Combine(corpus, "..", "..", "..", "out", "fuzz"));
switch (args)
{
    case ["work" or "harvest", var name, var seconds, var folder, var kept]:
        var target = Find(name);
        if (args[0] == "work")
        {
            new Worker(target, new(folder, kept, name)).Run(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
        }
        else
        {
            Harvest.Run(target, new(folder, kept, name), kept);
        }

        return 0;
    case ["try", var name, .. var files]:
        var broken = files.Select(file => (file, Attempt.Run(Find(name), File.ReadAllBytes(file)))).Where(one => one.Item2 is not null).ToList();
        broken.ForEach(one => Console.WriteLine($"{one.file}: {one.Item2!.Value.Reason}"));
        return broken.Count == 0 ? 0 : 1;
    case ["keep", .. var names]:
        using (var copy = new InstrumentedCopy())
        {
            Targets(names).ForEach(name => System.Diagnostics.Process.Start("dotnet", [copy.Program, "harvest", name, "0", root, corpus]).WaitForExit());
        }

        return 0;
    case ["run", .. var rest]:
        return Run(rest);
    case ["-h" or "--help" or "help"]:
        Console.WriteLine($"{Usage}\nTargets: {string.Join(", ", FuzzTarget.All.Select(one => one.Name))}");
        return 0;
    default:
        return Run(args);
}

int Run(string[] rest)
{
    var (minutes, names) = rest is ["--minutes", var number, .. var others] ? (double.Parse(number, CultureInfo.InvariantCulture), others) : (1, rest);
    using var copy = new InstrumentedCopy();
    var watch = new Watch(copy, root, corpus);
    Targets(names).ForEach(name => watch.Run(name, TimeSpan.FromMinutes(minutes)));
    Console.WriteLine($"Finds lie in {root}.");
    return 0;
}

static List<string> Targets(string[] names) => names.Length == 0 ? [.. FuzzTarget.All.Select(one => one.Name)] : [.. names.Select(name => Find(name).Name)];

static FuzzTarget Find(string name) => FuzzTarget.All.FirstOrDefault(one => one.Name == name)
    ?? throw new ArgumentException($"There is no target '{name}'. There are: {string.Join(", ", FuzzTarget.All.Select(one => one.Name))}.");
