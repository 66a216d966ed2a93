using System.Diagnostics;
using LangSmithPg.Sandbox.Folders;
using Npgsql;

namespace LangSmithPg.Sandbox.Tests.Folders;

/// <summary>What becomes of a server whose owner is gone. The owners are processes of their own.</summary>
public sealed class OwnerTests : IDisposable
{
    // Apart from everybody else's, who would clean up as well.
    readonly string _root = SandboxRoot.Create(Path.Join(Path.GetTempPath(), $"langsmithpg-tests-{Guid.NewGuid():N}"));

    public OwnerTests()
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateSymbolicLink(Path.Join(_root, "packages"), SandboxRoot.Packages);
            Directory.CreateSymbolicLink(Path.Join(_root, "templates"), SandboxRoot.Templates);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

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

    [Theory]
    [InlineData("exit")]
    [InlineData("wait")]
    public async Task A_process_that_exits_or_is_told_to_takes_its_servers_along(string end)
    {
        Assert.SkipWhen(end == "wait" && OperatingSystem.IsWindows(), "Windows has no signals.");
        await RequireServersAsync();
        var (owner, port, folder) = await StartOwnerAsync(end);

        if (end == "wait")
            Process.Start("sh", ["-c", $"kill -TERM {owner.Id}"]).Dispose();
        await owner.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.False(await AnswersAsync(port));
        Assert.False(Directory.Exists(folder));
    }

    static async Task RequireServersAsync() => await (await Servers.StartAsync(new())).DisposeAsync();

    async Task<(Process Owner, int Port, string Folder)> StartOwnerAsync(string end)
    {
        var report = Path.Join(Path.GetTempPath(), Path.GetRandomFileName());
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(OwnerTests).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Owner.ReportVariable] = report;
        start.Environment[Owner.EndVariable] = end;
        start.Environment["LANGSMITHPG_SANDBOX"] = _root;
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
