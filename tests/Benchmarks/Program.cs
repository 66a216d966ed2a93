using LangSmithPg.Benchmarks;

var benchmarks = new Dictionary<string, Func<Task>>(StringComparer.OrdinalIgnoreCase)
{
    ["import"] = ImportBenchmark.RunAsync,
    ["start"] = StartBenchmark.RunAsync,
    ["readiness"] = ReadinessBenchmark.RunAsync,
    ["fleet"] = FleetBenchmark.RunAsync,
    ["edits"] = EditBenchmark.RunAsync,
    ["parse"] = ParseBenchmark.RunAsync,
    ["ownership"] = OwnershipBenchmark.RunAsync,
    ["compare"] = CompareBenchmark.RunAsync,
};
var wanted = args.Length == 0 ? [.. benchmarks.Keys] : args;
if (wanted.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    Console.WriteLine($"There is no benchmark '{unknown}'. There are: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

foreach (var name in wanted)
{
    await benchmarks[name]();
}

return 0;
