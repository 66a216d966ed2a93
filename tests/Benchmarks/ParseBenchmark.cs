namespace LangSmithPg.Benchmarks;

/// <summary>Connection strings read in the pipeline, beside .NET's own reader of URLs and of ADO.NET's form in the same pipeline, which judge nothing.</summary>
static class ParseBenchmark
{
    const int Count = 20_000;

    public static async Task RunAsync()
    {
        using var session = new WarmSession();
        session.Set("urls", Texts(number => $"postgresql://app{number}:p%40ss%20{number}@db{number}.example.com:5432/langsmith?sslmode=verify-full"));
        session.Set("pairs", Texts(number => $"Server=db{number}.example.com;Port=5432;Database=langsmith;User Id=app{number};Password='p@ss {number}';Ssl Mode=Require"));
        await SideBySide.RunAsync(
            $"{Count} URLs read", rounds: 5,
            Contender.Timed("ConvertFrom-LangSmithPgConnectionString", () => session.Run("$urls | ConvertFrom-LangSmithPgConnectionString | Out-Null")),
            [Contender.Timed("ForEach-Object { [uri]$_ }", () => session.Run("$urls | ForEach-Object { [uri]$_ } | Out-Null"))], Count);
        await SideBySide.RunAsync(
            $"{Count} ADO.NET connection strings read", rounds: 5,
            Contender.Timed("ConvertFrom-LangSmithPgConnectionString", () => session.Run("$pairs | ConvertFrom-LangSmithPgConnectionString | Out-Null")),
            [
                Contender.Timed(
                    "ForEach-Object { DbConnectionStringBuilder }",
                    () => session.Run("$pairs | ForEach-Object { [Data.Common.DbConnectionStringBuilder]@{ ConnectionString = $_ } } | Out-Null")),
            ],
            Count);
    }

    static string[] Texts(Func<int, string> make) => [.. Enumerable.Range(1, Count).Select(make)];
}
