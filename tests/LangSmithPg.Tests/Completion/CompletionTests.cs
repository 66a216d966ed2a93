using System.Management.Automation;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Completion;

/// <summary>What the Tab key offers.</summary>
public sealed class CompletionTests : IDisposable
{
    static readonly string[] NamedByServer = ["Schema", "Database", "From", "To"];

    readonly ModuleSession _session = new();
    readonly LiveServer _server;

    public CompletionTests(LiveServer server)
    {
        _server = server;
        server.Introduce(_session);
        _session.Run("$credential = [pscredential]::new('owner', [System.Net.NetworkCredential]::new('', $password).SecurePassword)").ThrowIfFailed();
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_enumeration_and_every_name_that_can_be_known_is_completed()
    {
        foreach (var command in _session.Run("Get-Command -Module LangSmithPg").Output.Select(one => (CommandInfo)one.BaseObject))
        {
            foreach (var parameter in command.Parameters.Values)
            {
                if ((Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) is { IsEnum: true } type && type.Namespace!.StartsWith("LangSmithPg", StringComparison.Ordinal))
                {
                    Assert.Equal(Enum.GetNames(type).Order(), _session.Complete($"{command.Name} -{parameter.Name} ").Order());
                }

                // Of a move, the source and the target are connections.
                if ((NamedByServer.Contains(parameter.Name) && parameter.ParameterType.Namespace == nameof(System)) || parameter.Name is "ChartVersion" or "Component")
                {
                    Assert.True(parameter.Attributes.OfType<ArgumentCompleterAttribute>().Any(), $"{command.Name} -{parameter.Name}");
                }
            }
        }
    }

    [Theory]
    [InlineData("$ready | Test-LangSmithPgReadiness -Schema ")]
    [InlineData("$ready | Test-LangSmithPgReadiness -Schema pub")]
    [InlineData("Test-LangSmithPgReadiness $ready -Schema 'p")]
    [InlineData("Get-LangSmithPgServer -Connection $ready -Schema ")]
    [InlineData("$ready | ConvertFrom-LangSmithPgConnectionString -Schema ")]
    public void Schemas_come_from_the_server_that_the_line_names(string line)
    {
        var offered = Assert.Single(Press(line));
        Assert.Equal("public", offered.CompletionText);
        Assert.StartsWith("owned by ", offered.ToolTip, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-LangSmithPgConnection -HostName localhost -Port {0} -Credential $credential -Database r")]
    [InlineData("New-LangSmithPgConnectionString localhost -Port {0} -UserName owner -Password $password -Database re")]
    [InlineData("New-LangSmithPgConnectionString localhost -Port {0} -Credential $credential -SslMode verify-full -Database re", false)]
    public void Databases_come_from_the_server_that_the_parts_name(string line, bool isTrusted = true) =>
        Assert.Equal(isTrusted, Press(string.Format(null, line, _server.Port), times: isTrusted ? 10 : 1).Any(one => one.CompletionText == "ready"));

    [Fact]
    public void Roles_come_from_the_server()
    {
        var offered = Press("$ready | Set-LangSmithPgOwner -From old_owner -To ");
        // Quoted, as PowerShell would take it for something else.
        Assert.Contains(offered, one => one is { CompletionText: "'sa@proj.iam'", ListItemText: "sa@proj.iam" });
        Assert.Contains(offered, one => one is { CompletionText: "rds_iam", ToolTip: "does not log in" });
        Assert.DoesNotContain(offered, one => one.CompletionText.StartsWith("pg_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$wrong | Test-LangSmithPgReadiness -Schema p")]
    [InlineData("$absent | Test-LangSmithPgReadiness -Schema p")]
    [InlineData("'u@127.0.0.1:1/d' | Test-LangSmithPgReadiness -Schema p")]
    [InlineData("'id@h/d?sslmode=require' | ConvertFrom-LangSmithPgConnectionString -IamAuthProvider Azure -Schema p")]
    [InlineData("'u:p@@h/d' | Test-LangSmithPgReadiness -Schema p")]
    [InlineData("Test-LangSmithPgReadiness -HostName localhost -Schema p")]
    [InlineData("(throw 'run') | Test-LangSmithPgReadiness -Schema p")]
    [InlineData("$ready | Test-LangSmithPgReadiness -CaCertificate absent.crt -Schema p")]
    public void What_cannot_be_asked_is_passed_over_in_silence(string line)
    {
        Assert.DoesNotContain("public", _session.Complete(line));
        Assert.Empty(_session.Run("$Error").Output);
    }

    [Fact]
    public async Task A_server_that_says_nothing_does_not_hold_the_prompt()
    {
        await using var silent = TarpitServer.Silent();
        var asked = Task.Run(() => _session.Complete($"'u:p@127.0.0.1:{silent.Port}/d' | Test-LangSmithPgReadiness -Schema p"), TestContext.Current.CancellationToken);
        Assert.Same(asked, await Task.WhenAny(asked, Task.Delay(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)));
        Assert.Equal(1, silent.Accepted);
    }

    [Fact]
    public void Tooltips_say_what_is_notable()
    {
        var versions = _session.CompleteWithTooltips("Get-LangSmithComponent -ChartVersion ");
        Assert.Contains("the newest known version", versions[0].ToolTip, StringComparison.Ordinal);
        Assert.Contains("the first version with cloud identities (postgres.external.iamAuthProvider)", versions.Single(one => one.CompletionText == "0.12.34").ToolTip, StringComparison.Ordinal);

        var component = Assert.Single(_session.CompleteWithTooltips("Set-LangSmithIamAnnotations -ChartVersion 0.16.11 -Component backend.m"));
        Assert.Equal("Job (post-install, pre-upgrade), enabled: backend.migrations.enabled", component.ToolTip);
        Assert.Equal("Europe (Ireland)", Assert.Single(_session.CompleteWithTooltips("Get-LangSmithPgAccessToken Aws -Region eu-west-1")).ToolTip);
    }

    // A busy machine may take more than the two seconds that somebody at the prompt waits: then they press the key again.
    IReadOnlyList<CompletionResult> Press(string line, int times = 10)
    {
        IReadOnlyList<CompletionResult> offered = [];
        while (offered.Count == 0 && times-- > 0)
        {
            offered = _session.CompleteWithTooltips(line);
        }

        return offered;
    }
}
