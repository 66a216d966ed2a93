using System.Diagnostics;
using System.Management.Automation;
using System.Text.Json;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Iam;

/// <summary>Tokens at the prompt, from a service on this machine that speaks as App Service does, and logins with them.</summary>
public sealed class AccessTokenCmdletTests : IAsyncLifetime
{
    static int s_identities;

    readonly ModuleSession _session = new();
    readonly LiveServer _server;
    readonly StubHttpServer _service;
    readonly List<(string Name, string? Before)> _variables = [];
    readonly Queue<(string Token, TimeSpan Lifetime)> _answers = new();
    Action _beforeAnswer = static () => { };

    public AccessTokenCmdletTests(LiveServer server)
    {
        _server = server;
        _service = new(_ =>
        {
            _beforeAnswer();
            var (token, lifetime) = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
            return (200, JsonSerializer.Serialize(new { access_token = token, expires_on = $"{DateTimeOffset.UtcNow.Add(lifetime).ToUnixTimeSeconds()}", resource = "r", token_type = "Bearer" }));
        });
        // What Azure's library remembers, it remembers by identity.
        Set("AZURE_CLIENT_ID", $"0e4f8ecf-5d1c-4a53-9a2f-{Interlocked.Increment(ref s_identities):000000000000}");
        Set("IDENTITY_ENDPOINT", $"{_service.Url}/msi/token");
        Set("IDENTITY_HEADER", "header");
        _session.Run($"$iam = New-LangSmithPgConnectionString localhost ready -Port {_server.Port} -UserName owner -IamAuthProvider Azure").ThrowIfFailed();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _variables.ForEach(one => Environment.SetEnvironmentVariable(one.Name, one.Before));
        _session.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public void A_token_is_shown_without_its_text_and_given_in_plain_where_that_is_asked()
    {
        _answers.Enqueue(("N33dle", TimeSpan.FromHours(1)));

        var shown = _session.Show("Get-LangSmithPgAccessToken Azure -Verbose; $iam | Get-LangSmithPgAccessToken | ForEach-Object { \"$_\" }");

        Assert.Contains("Microsoft Entra", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", shown, StringComparison.Ordinal);
        Assert.Equal("N33dle", _session.Run("Get-LangSmithPgAccessToken Azure -AsPlainText").Single.BaseObject);
    }

    [Fact]
    public void A_connection_that_says_IAM_gets_one_token_for_a_whole_fleet()
    {
        _answers.Enqueue((LiveServer.Password, TimeSpan.FromHours(1)));

        var ready = _session.Run("$iam, $iam, $iam | Test-LangSmithPgReadiness -MinimumStatus Fail | ForEach-Object { $_.Facts.Role.SessionUser }");

        Assert.Equal(["owner", "owner", "owner"], ready.Output.Select(one => (string)one.BaseObject));
        Assert.Single(_service.Asked);
    }

    [Fact]
    public void A_token_that_is_about_to_end_is_renewed_in_the_middle_of_a_fleet()
    {
        _answers.Enqueue(("the old one", TimeSpan.FromSeconds(60)));
        _answers.Enqueue((LiveServer.Password, TimeSpan.FromHours(1)));

        var logins = _session.Run("$iam, $iam, $iam | Test-LangSmithPgConnection -Quiet");

        Assert.Equal([false, true, true], logins.Output.Select(one => (bool)one.BaseObject));
        Assert.Equal(2, _service.Asked.Count);
    }

    [Theory]
    [InlineData("Get-LangSmithPgAccessToken Azure")]
    [InlineData("$iam | Get-LangSmithPgAccessToken")]
    [InlineData("$iam | Test-LangSmithPgConnection -TimeoutSeconds 600")]
    [InlineData("$iam | Test-LangSmithPgReadiness -TimeoutSeconds 600")]
    public async Task CtrlC_ends_the_wait_for_a_token(string script)
    {
        var answer = new TaskCompletionSource();
        _answers.Enqueue(("N33dle", TimeSpan.FromHours(1)));
        _beforeAnswer = () => answer.Task.Wait(TimeSpan.FromMinutes(1));
        using var shell = _session.Create(script);
        var running = shell.BeginInvoke();
        while (_service.Asked.IsEmpty)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var clock = Stopwatch.StartNew();
        shell.Stop();

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        answer.SetResult();
    }

    [Theory]
    [InlineData("Get-LangSmithPgAccessToken Azure")]
    [InlineData("(Get-LangSmithPgAccessToken Azure).Token")]
    [InlineData("Get-LangSmithPgAccessToken Azure -AsPlainText")]
    [InlineData("[pscustomobject]@{ Token = (Get-LangSmithPgAccessToken Azure).Token; Type = 'Bearer' }")]
    [InlineData("[pscustomobject]@{ Token = Get-LangSmithPgAccessToken Azure -AsPlainText; Type = 'Bearer' }")]
    public void A_token_is_taken_in_every_form_in_which_one_is_given(string token)
    {
        _answers.Enqueue((LiveServer.Password, TimeSpan.FromHours(1)));

        Assert.Equal(true, _session.Run($"$iam | Test-LangSmithPgConnection -AccessToken ({token}) -Quiet").Single.BaseObject);
    }

    [Theory]
    [InlineData("require", 1)]
    [InlineData("verify-full", 0)]
    public void A_server_that_nobody_verifies_and_that_gets_a_token_is_warned_about_once(string mode, int expected)
    {
        _session.Set("token", "header.payload");

        var result = _session.Run($"'u@127.0.0.1:1/d?sslmode={mode}', 'u@127.0.0.1:1/e?sslmode={mode}' | Test-LangSmithPgConnection -AccessToken $token");

        Assert.Equal(expected, result.Warnings.Count(warning => $"{warning}".Contains("does not verify which server receives the access token", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_token_is_not_sent_without_TLS()
    {
        var result = _session.Run("'u@127.0.0.1:1/d?sslmode=prefer' | Test-LangSmithPgConnection -AccessToken ([System.Net.NetworkCredential]::new('', 'token').SecurePassword) | ForEach-Object { \"$($_.Failure.Kind)\" }");

        Assert.Equal("TokenWithoutTls", result.Single.BaseObject);
    }

    [Theory]
    [InlineData("", "ossrdbms-aad.database.windows.net")]
    [InlineData("-HostName one.postgres.database.usgovcloudapi.net -UserName u", "ossrdbms-aad.database.usgovcloudapi.net")]
    public void Azures_cloud_is_told_by_the_host_as_in_a_connection(string arguments, string resource)
    {
        _answers.Enqueue(("N33dle", TimeSpan.FromHours(1)));

        _session.Run($"Get-LangSmithPgAccessToken Azure {arguments}").ThrowIfFailed();

        Assert.Contains(resource, Assert.Single(_service.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_has_ended_is_told_before_anybody_is_asked()
    {
        var claims = Convert.ToBase64String("""{"exp":1700000000}"""u8).TrimEnd('=');
        _session.Set("token", $"header.{claims}.N33dle");

        var result = _session.Run("$iam | Test-LangSmithPgConnection -AccessToken $token");

        Assert.Equal("TokenExpired", result.ErrorId);
        Assert.Contains("2023-11-14 22:13:20Z", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'u@h/d?sslmode=require' | Get-LangSmithPgAccessToken", "NoIamProvider")]
    [InlineData("Get-LangSmithPgAccessToken Aws", "AwsNeedsServer")]
    [InlineData("Get-LangSmithPgAccessToken Aws -HostName alias.example.com -UserName u", "RegionUnknown")]
    [InlineData("$env:GOOGLE_APPLICATION_CREDENTIALS = '/nowhere.json'; Get-LangSmithPgAccessToken Gcp", "CredentialsNotFound")]
    public void Without_what_is_needed_there_is_one_clear_error(string command, string id)
    {
        Set("AWS_REGION", null);
        Set("AWS_DEFAULT_REGION", null);
        Set("GOOGLE_APPLICATION_CREDENTIALS", null);

        Assert.Equal(id, _session.Run(command).ErrorId);
    }

    [Fact]
    public void A_connection_without_a_token_to_be_had_is_a_finding_with_its_reason()
    {
        Set("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere.json");

        var result = _session.Run($"""
            New-LangSmithPgConnectionString localhost ready -Port {_server.Port} -UserName owner -IamAuthProvider Gcp | Test-LangSmithPgConnection
            """);

        Assert.Contains("/nowhere.json", result.Single.Properties["Failure"].Value.ToString(), StringComparison.Ordinal);
        Assert.Equal(false, result.Single.Properties["Reachable"].Value);
    }

    void Set(string name, string? value)
    {
        _variables.Add((name, Environment.GetEnvironmentVariable(name)));
        Environment.SetEnvironmentVariable(name, value);
    }
}
