using System.Diagnostics;
using LangSmithPg.Core.Tests.Peers;

namespace LangSmithPg.Postgres.Tests;

/// <summary>psql itself.</summary>
sealed class Psql
{
    readonly string _program;

    Psql(string program) => _program = program;

    /// <summary>Finds it, or skips the test.</summary>
    public static Psql Find() => new(Peer.Find("psql"));

    /// <summary>Runs it to its end, without a file of settings.</summary>
    /// <param name="password">The password that it is given.</param>
    /// <param name="script">What it reads.</param>
    /// <param name="arguments">Its arguments.</param>
    public async Task<(int ExitCode, string Output)> RunAsync(string password, string script, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(_program, ["-X", "-v", "ON_ERROR_STOP=1", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = password, ["PGCLIENTENCODING"] = "UTF8" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output).Trim() + await errors);
    }
}
