using System.Diagnostics;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Documentation;

/// <summary>The first of the README's two commands, as a reader would run it.</summary>
public sealed class QuickstartTests(LiveServer server)
{
    const string User = "guest";

    [Fact]
    public async Task Does_the_main_job_on_an_embedded_server()
    {
        Assert.NotEqual(0, server.Port);
        var folder = Directory.CreateTempSubdirectory("langsmithpg-quickstart-").FullName;
        try
        {
            var (exitCode, output) = await RunAsync("dotnet", [BuildPaths.Quickstart], folder);
            Assert.True(exitCode == 0, output);
            Assert.Contains("Not ready: 2 problems.", output, StringComparison.Ordinal);
            Assert.Contains("Ready for helm upgrade.", output, StringComparison.Ordinal);
            Assert.Contains("GRANT CREATE ON DATABASE", output, StringComparison.Ordinal);
            Assert.DoesNotContain("p@ss:w", output, StringComparison.Ordinal);
            Assert.DoesNotContain("p%40ss", output, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b[", output, StringComparison.Ordinal);

            var secret = await File.ReadAllTextAsync(Path.Combine(folder, "quickstart-output", "postgres-secret.yaml"), TestContext.Current.CancellationToken);
            Assert.Contains("connection_url: \"langsmith_app:p%40ss%3Aw%2Fo%3Fr%23d%25%20%5B100%5D%26%2B%E2%82%AC@localhost:", secret, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(folder, "quickstart-output", "values.yaml")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_same_script_runs_in_pwsh()
    {
        var folder = Directory.CreateTempSubdirectory("langsmithpg-quickstart-").FullName;
        try
        {
            var script = Path.Combine(Path.GetDirectoryName(BuildPaths.Quickstart)!, "quickstart.ps1");
            var moduleFolder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(BuildPaths.ModuleManifest)!, "..", ".."));
            var run = await Pwsh.RunAsync(
                $"$env:PSModulePath = '{moduleFolder}' + [IO.Path]::PathSeparator + $env:PSModulePath;"
                + $"$credential = [pscredential]::new('{User}', (ConvertTo-SecureString '{LiveServer.Password}' -AsPlainText -Force));"
                + $"& '{script}' -HostName localhost -Port {server.Port} -Database bare -Credential $credential -RunSqlAsAdmin {{ param($Sql) \"RUN $Sql\" }} -OutputFolder .; exit $LASTEXITCODE",
                folder);
            Assert.True(run.ExitCode == 0, run.Output + run.Errors);
            Assert.Contains($"RUN -- Makes localhost:{server.Port}/bare ready for LangSmith.", run.Output, StringComparison.Ordinal);
            Assert.Contains("GRANT CREATE ON DATABASE \"bare\" TO \"guest\";", run.Output, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(folder, "postgres-secret.yaml")));
            Assert.True(File.Exists(Path.Combine(folder, "values.yaml")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
