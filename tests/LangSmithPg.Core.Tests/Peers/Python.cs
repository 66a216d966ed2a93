namespace LangSmithPg.Core.Tests.Peers;

/// <summary>The python3 that has asyncpg: <c>LANGSMITHPG_PYTHON</c> if set, else the one on PATH, else the system's.</summary>
sealed class Python
{
    readonly string _program;

    Python(string program) => _program = program;

    /// <summary>Finds it, or skips the test.</summary>
    public static Python WithAsyncpg()
    {
        string?[] programs = [Environment.GetEnvironmentVariable("LANGSMITHPG_PYTHON"), "python3", "/usr/bin/python3"];
        foreach (var program in programs.Where(name => !string.IsNullOrEmpty(name)))
        {
            if (JsonLinesProcess.Run(program!, ["-c", "import asyncpg"], "", Path.GetTempPath()) is not null)
            {
                return new(program!);
            }
        }

        Peer.Missing("python3 with asyncpg");
        return null;
    }

    /// <summary>What a script beside the tests answers to JSON lines. It runs in an empty home.</summary>
    /// <param name="script">Its path, below that of the tests.</param>
    /// <param name="texts">What it is given.</param>
    /// <param name="environment">Variables that it gets.</param>
    public string Run(string script, IEnumerable<string> texts, params IEnumerable<(string Name, string? Value)> environment)
    {
        var home = Directory.CreateTempSubdirectory("langsmithpg-");
        try
        {
            return JsonLinesProcess.Run(
                _program, ["-W", "ignore", Path.Combine(AppContext.BaseDirectory, script)], JsonLinesProcess.Encode(texts), home.FullName,
                [("HOME", home.FullName), ("PYTHONIOENCODING", "utf-8"), .. environment]) ?? throw new InvalidOperationException($"{script} failed.");
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
