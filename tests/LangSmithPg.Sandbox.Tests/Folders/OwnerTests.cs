using System.Diagnostics;
using Npgsql;

namespace LangSmithPg.Sandbox.Tests.Folders;

/// <summary>What becomes of a server whose owner is gone. The owners are processes of their own: this program again.</summary>
public sealed class OwnerTests
{
    const string ReportVariable = "SANDBOX_TESTS_REPORT";
    const string EndVariable = "SANDBOX_TESTS_END";

    [Fact(Explicit = true)]
    public async Task Owner()
    {
        await using var server = await Servers.StartAsync(new());
        var report = Environment.GetEnvironmentVariable(ReportVariable)!;
        await File.WriteAllLinesAsync(report + ".tmp", [$"{server.Port}", server.DataFolder], TestContext.Current.CancellationToken);
        File.Move(report + ".tmp", report);
        if (Environment.GetEnvironmentVariable(EndVariable) == "exit")
            Environment.Exit(0);
        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_server_of_a_killed_process_is_cleaned_up_by_the_next()
    {
        await RequireServersAsync();
        var (owner, port, folder) = await StartOwnerAsync("wait");
        owner.Kill();
        await owner.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(await AnswersAsync(port), "It should outlive its owner until the next process comes.");

        var (next, _, _) = await StartOwnerAsync("exit");
        await next.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.False(await AnswersAsync(port));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_process_that_exits_takes_its_servers_along()
    {
        await RequireServersAsync();
        var (owner, port, folder) = await StartOwnerAsync("exit");

        await owner.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.False(await AnswersAsync(port));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_process_that_is_told_to_end_takes_its_servers_along()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await RequireServersAsync();
        var (owner, port, folder) = await StartOwnerAsync("wait");

        using var kill = Process.Start("kill", ["-TERM", $"{owner.Id}"]);
        await owner.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.False(await AnswersAsync(port));
        Assert.False(Directory.Exists(folder));
    }

    static async Task RequireServersAsync() => await (await Servers.StartAsync(new())).DisposeAsync();

    static async Task<(Process Owner, int Port, string Folder)> StartOwnerAsync(string end)
    {
        var report = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
        var assembly = typeof(OwnerTests).Assembly.Location;
        var start = new ProcessStartInfo(
            "dotnet", [assembly, "-explicit", "only", "-method", $"{typeof(OwnerTests).FullName}.{nameof(Owner)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ReportVariable] = report;
        start.Environment[EndVariable] = end;
        var owner = Process.Start(start)!;
        var output = owner.StandardOutput.ReadToEndAsync();
        owner.BeginErrorReadLine();
        while (!File.Exists(report))
        {
            if (owner.HasExited)
                Assert.Fail(await output);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        var lines = await File.ReadAllLinesAsync(report, TestContext.Current.CancellationToken);
        File.Delete(report);
        return (owner, int.Parse(lines[0], null), lines[1]);
    }

    /// <summary>Whether a server speaks PostgreSQL on a port: it refuses the wrong password, and nothing else does.</summary>
    static async Task<bool> AnswersAsync(int port)
    {
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "postgres",
            Password = "wrong",
            Pooling = false,
            SslMode = SslMode.Disable,
        };
        var error = await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.AskAsync("SELECT 1"));
        return error is PostgresException;
    }
}
