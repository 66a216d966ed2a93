using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Formatting;

/// <summary>What a server, a file or a certificate calls itself is shown, and never steers the terminal that shows it.</summary>
public sealed class TerminalTests : IAsyncLifetime
{
    // Sets the window's title, rings, clears the screen, and turns the reading order.
    const string Name = "x\u001b]0;owned\u0007\u001b[2J\u202Ey";
    const string Password = "S3cr3t";

    static readonly string[] Commands = ["\u001b]", "\u0007", "\u001b[2J", "\u202E"];

    readonly ModuleSession _session = new();
    PostgresServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        try
        {
            _server = await PostgresServer.StartAsync(new()
            {
                InitStatements =
                [
                    $"CREATE ROLE \"{Name}\" LOGIN PASSWORD '{Password}'",
                    $"CREATE ROLE \"old{Name}\"",
                    $"CREATE DATABASE \"{Name}\" OWNER \"old{Name}\"",
                    $"ALTER ROLE \"{Name}\" SET lock_timeout = 5",
                ],
            });
        }
        catch (PostgresNotAvailableException exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip(exception.Message);
        }

        _session.Set("name", Name);
        _session.Set("password", Password);
        _session.Run($"""
            $named = New-LangSmithPgConnectionString 127.0.0.1 $name -Port {_server.Port} -UserName $name -Password $password -Schema $name -SslMode Disable
            $refused = New-LangSmithPgConnectionString 127.0.0.1 $name -Port {_server.Port} -UserName $name -Password wrong -SslMode Disable
            $absent = New-LangSmithPgConnectionString 127.0.0.1 "no$name" -Port {_server.Port} -UserName $name -Password $password -SslMode Disable
            """).ThrowIfFailed();
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("Test-LangSmithPgConnection")]
    [InlineData("Get-LangSmithPgServer")]
    [InlineData("Test-LangSmithPgExtensions")]
    [InlineData("Test-LangSmithPgReadiness")]
    [InlineData("Test-LangSmithPgReadiness -Rehearse")]
    [InlineData("Test-LangSmithPgReadiness | ForEach-Object Findings")]
    [InlineData("Install-LangSmithPgExtensions -WhatIf")]
    [InlineData("Install-LangSmithPgExtensions")]
    [InlineData("Set-LangSmithPgOwner -From \"old$name\" -To $name -WhatIf")]
    [InlineData("Set-LangSmithPgOwner -From \"old$name\" -To $name -Confirm:$false")]
    [InlineData("Set-LangSmithPgOwner -From \"none$name\" -To $name -WhatIf")]
    [InlineData("New-LangSmithPgIamRole -Provider Gcp -RoleName \"sa$name\"")]
    [InlineData("New-LangSmithPgIamRole -Provider Gcp -RoleName $name -WhatIf")]
    [InlineData("Initialize-LangSmithPgDatabase -NewDatabase $name -RoleName \"role$name\"")]
    [InlineData("Initialize-LangSmithPgDatabase -NewDatabase \"new$name\" -RoleName \"role$name\" -WhatIf")]
    [InlineData("Initialize-LangSmithPgDatabase -NewDatabase \"new$name\" -RoleName \"role$name\"")]
    [InlineData("Test-LangSmithPgConnectionString")]
    public void Hostile_names_on_a_server(string cmdlet)
    {
        foreach (var connection in (string[])["$named", "$refused", "$absent"])
        {
            var script = $"{connection} | {cmdlet} -Verbose".Replace("| ForEach-Object Findings -Verbose", "-Verbose | ForEach-Object Findings", StringComparison.Ordinal);
            var (result, screen) = (_session.Run(script), _session.Show(script));

            Assert.NotEmpty(screen);
            foreach (var text in result.Errors.Select(error => $"{error} {error.Exception.Message} {error.ErrorDetails?.RecommendedAction}").Concat([screen, .. result.Verbose, .. result.Warnings]))
            {
                Assert.All(Commands, command => Assert.DoesNotContain(command, text, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task A_hostile_answer()
    {
        await using var server = TarpitServer.Answering(System.Text.Encoding.UTF8.GetBytes($"E\0\0\0\u0040SFATAL\0C28000\0M{Name}"));

        var screen = _session.Show($"'u:p@127.0.0.1:{server.Port}/d?sslmode=disable' | Test-LangSmithPgReadiness -TimeoutSeconds 1 -Verbose");

        Assert.All(Commands, command => Assert.DoesNotContain(command, screen, StringComparison.Ordinal));
    }

    [Fact]
    public void Hostile_words_in_a_values_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File($"values{Name}.yaml");
        File.WriteAllText(path, $"postgres:\n  external:\n    \"exist\\x1b]0;owned\\x07\\x1b[2J\\u202E\": \"\\x1b]0;owned\\x07\"\n    enabled: true\n# {Name}\n");
        _session.Set("path", path);

        foreach (var script in (string[])
            [
                "Test-LangSmithHelmValues $path -Verbose", "(Test-LangSmithHelmValues $path).Findings | ForEach-Object { \"$_\" }",
                "$named | New-LangSmithHelmValues | Export-LangSmithHelmValues $path -WhatIf",
                "$named | New-LangSmithHelmValues | Export-LangSmithHelmValues $path -Verbose",
            ])
        {
            var screen = _session.Show(script);

            Assert.NotEmpty(screen);
            Assert.All(Commands, command => Assert.DoesNotContain(command, screen, StringComparison.Ordinal));
        }
    }
}
