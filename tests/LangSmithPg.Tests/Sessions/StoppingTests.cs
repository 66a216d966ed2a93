using System.Diagnostics;
using System.Management.Automation;
using LangSmithPg.Sandbox.FaultInjection;

namespace LangSmithPg.Tests.Sessions;

public sealed class StoppingTests : IDisposable
{
    // Far more than a second on a busy machine, far less than the time limits that are not meant to end these.
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public StoppingTests()
    {
        File.WriteAllText(_folder.File("query.sql"), "select 1");
        _session.Set("query", _folder.File("query.sql"));
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string, string> Hangs()
    {
        var data = new TheoryData<string, string>();
        foreach (var cmdlet in (string[])["Test-LangSmithPgConnection", "Get-LangSmithPgServer", "Test-LangSmithPgExtensions", "Test-LangSmithPgReadiness", "Test-LangSmithPgHealth", "Install-LangSmithPgExtensions", "Set-LangSmithPgOwner -From a -To b", "Compare-LangSmithPgDatabase 'u:p@127.0.0.1:{0}/d?sslmode=require'", "Invoke-LangSmithPgSupportQuery -Path $query", "Get-LangSmithPgCertificate"])
        {
            data.Add(cmdlet, "silent");
            data.Add(cmdlet, "stalling");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Hangs))]
    public async Task CtrlC_ends_a_cmdlet_whatever_the_server_does(string cmdlet, string server)
    {
        await using var tarpit = Start(server);
        using var shell = _session.Create($"'u:p@127.0.0.1:{tarpit.Port}/d?sslmode=require' | {cmdlet.Replace("{0}", $"{tarpit.Port}", StringComparison.Ordinal)} -TimeoutSeconds 600");
        var running = shell.BeginInvoke();
        while (tarpit.Accepted == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var clock = Stopwatch.StartNew();
        shell.Stop();
        Assert.True(clock.Elapsed < Soon);
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("stalling")]
    public async Task The_time_limit_ends_a_cmdlet_whatever_the_server_does(string server)
    {
        await using var tarpit = Start(server);
        var clock = Stopwatch.StartNew();
        var result = _session.Run($"'u:p@127.0.0.1:{tarpit.Port}/d?sslmode=require' | Get-LangSmithPgServer -TimeoutSeconds 0.5");
        Assert.Equal("TimedOut", result.ErrorId);
        Assert.Equal(ErrorCategory.OperationTimeout, result.Errors[0].CategoryInfo.Category);
        Assert.True(clock.Elapsed < Soon);
    }

    static TarpitServer Start(string server) => server == "silent" ? TarpitServer.Silent() : TarpitServer.StallingTls();
}
