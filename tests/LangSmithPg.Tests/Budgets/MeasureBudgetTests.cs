using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Budgets;

/// <summary>The connection budget at the prompt, of values and of a live server.</summary>
public sealed class MeasureBudgetTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly LiveServer _server;

    public MeasureBudgetTests(LiveServer server)
    {
        _server = server;
        server.Introduce(_session);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_default_installation_is_counted_and_shown()
    {
        Assert.Equal("Default 662 Warning", _session.Run("Measure-LangSmithPgConnectionBudget -ChartVersion 0.16.11 | ForEach-Object { \"$($_.At) $($_.Connections) $($_.Status)\" }").Single.BaseObject);
        var shown = _session.Show("Measure-LangSmithPgConnectionBudget -ChartVersion 0.16.11");
        Assert.Contains("polly.queue                      1 x  150  =   150 #", shown, StringComparison.Ordinal);
        Assert.Contains("platformBackend                  3 x   10? =    30 #", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_come_as_text_and_the_moment_by_name()
    {
        _session.Set("values", "polly: {enabled: false}\nbackend: {autoscaling: {hpa: {enabled: true, maxReplicas: 8}}}");
        Assert.Equal(
            "backend 8, queue 1, ingestQueue 3, platformBackend 3, engineInsightsAgent.apiServer 1, engineInsightsAgent.queue 1",
            _session.Run("($values -split \"`n\" | Measure-LangSmithPgConnectionBudget -ChartVersion 0.16.11 -At Maximum).Workloads.ForEach({ \"$($_.Workload) $($_.Pods)\" }) -join ', '").Single.BaseObject);
        Assert.Equal("InvalidValue", _session.Run("Measure-LangSmithPgConnectionBudget -At Maximun").ErrorId);
        Assert.Equal("FileNotFound", _session.Run("Measure-LangSmithPgConnectionBudget ./no-such-values.yaml").ErrorId);
        Assert.Equal("UnknownChart", _session.Run("Measure-LangSmithPgConnectionBudget -ChartVersion 0.1.0").ErrorId);
    }

    [Fact]
    public void A_live_server_says_how_many_connections_it_has()
    {
        _session.Set("values", "postgres: {external: {enabled: true, existingSecretName: my-secret}}\ninsights: {enabled: false}\npolly: {enabled: false}");
        var server = _session.Run("""
            $budget = $values -split "`n" | Measure-LangSmithPgConnectionBudget -ChartVersion 0.16.11 -Connection $ready
            $budget.Servers
            """).Single;

        Assert.Equal($"localhost:{_server.Port}", server.Properties["Server"].Value);
        Assert.Equal(62, server.Properties["Connections"].Value);
        Assert.Null(server.Properties["MaxConnectionsSource"].Value);
        var settings = _session.Run("($ready | Get-LangSmithPgServer).Connections").Single;
        Assert.Equal(settings.Properties["Maximum"].Value, server.Properties["MaxConnections"].Value);
        Assert.Equal(settings.Properties["Reserved"].Value, server.Properties["Reserved"].Value);
        Assert.Equal(
            ["Budget.Server", "Budget.Database", "Budget.Role"], _session.Run("$budget.Findings.Id").Output.Select(one => (string)one.BaseObject));

        var readiness = _session.Run("($ready | Test-LangSmithPgReadiness -ConnectionBudget $budget).Findings | Where-Object Id -EQ Server.Connections").Single;
        Assert.StartsWith("The connection budget of the release is 62, and the server has ", (string)readiness.Properties["Message"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_stand_for_the_databases_of_their_purpose()
    {
        _session.Set("values", "postgres: {external: {enabled: true, existingSecretName: a}}\ninsights: {enabled: false}\nengine: {enabled: false}\npolly: {postgres: {external: {enabled: true, existingSecretName: b}}}");
        _session.Run("""
            $polly = $ready | ForEach-Object { [pscustomobject]@{ HostName = $_.HostName; Port = $_.Port; Database = 'bare'; UserName = 'guest'; Password = $password; Purpose = 'Polly' } }
            $budget = $values -split "`n" | Measure-LangSmithPgConnectionBudget -ChartVersion 0.16.11 -Connection $ready, $polly
            """).ThrowIfFailed();

        Assert.Equal($"localhost:{_server.Port} {62 + 300}", _session.Run("\"$($budget.Servers.ForEach({ \"$($_.Server) $($_.Connections)\" }))\"").Single.BaseObject);
        Assert.Equal(
            "Budget.Server, Budget.Database, Budget.Role, Budget.Database, Budget.Role", _session.Run("$budget.Findings.Id -join ', '").Single.BaseObject);
    }

    [Fact]
    public void A_server_that_refuses_the_login_is_an_error_and_the_budget_is_counted_without_it()
    {
        var given = _session.Run("Measure-LangSmithPgConnectionBudget -ChartVersion 0.16.11 -Connection $wrong");
        Assert.Equal("AuthenticationFailed", given.ErrorId);
        Assert.Single(given.Output);
    }

    [Fact]
    public void A_token_logs_in_where_the_connection_has_an_identity_and_a_password_stays_where_it_is()
    {
        _session.Set("values", "postgres: {external: {enabled: true, existingSecretName: a}}\ninsights: {enabled: false}\nengine: {enabled: false}\npolly: {postgres: {external: {enabled: true, existingSecretName: b}}}");
        var result = _session.Run($$"""
            $iam = New-LangSmithPgConnectionString localhost ready -Port {{_server.Port}} -UserName owner -IamAuthProvider Azure
            $polly = New-LangSmithPgConnectionString {{_server.Arguments("owner", "install_here")}} -Purpose Polly
            $budget = $values -split "`n" | Measure-LangSmithPgConnectionBudget -ChartVersion 0.16.11 -Connection $iam, $polly -AccessToken $password
            "$($budget.Servers.ForEach({ "$($_.Server) $($_.Connections)" }))"
            """);

        result.ThrowIfFailed();
        Assert.Equal($"localhost:{_server.Port} {62 + 300}", result.Single.BaseObject);
        Assert.Contains("does not verify which server receives the access token", $"{Assert.Single(result.Warnings)}", StringComparison.Ordinal);

        // With a password, no token is sent: neither the wrong one, nor a warning of it.
        result = _session.Run("Measure-LangSmithPgConnectionBudget -ChartVersion 0.16.11 -Connection $polly -AccessToken wrong");
        result.ThrowIfFailed();
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task A_client_certificate_is_for_LangSmiths_own_database()
    {
        await using var mtls = await MtlsServer.StartAsync(18);
        _session.Set("material", mtls.Folder);
        _session.Set("secret", MtlsServer.Password);
        _session.Run($"$own = New-LangSmithPgConnectionString localhost langsmith -Port {mtls.Port} -UserName app -Password $secret -UseSystemRootCertificate").ThrowIfFailed();
        const string Measure = "Measure-LangSmithPgConnectionBudget -ChartVersion 0.16.11 -CaCertificate $material/ca.crt -ClientCertificate $material/both.pem";

        _session.Set("values", "postgres: {external: {enabled: true, existingSecretName: a}}\ninsights: {enabled: false}\npolly: {enabled: false}");
        var own = _session.Run($"($values -split \"`n\" | {Measure} -Connection $own).Servers.Server");
        own.ThrowIfFailed();
        Assert.Equal($"localhost:{mtls.Port}", own.Single.BaseObject);

        var other = _session.Run($"$other = New-LangSmithPgConnectionString localhost langsmith -Port {mtls.Port} -UserName app -Password $secret -UseSystemRootCertificate -Purpose Polly; $values -split \"`n\" | {Measure} -Connection $other");
        Assert.Equal("ClientCertificateMissing", other.ErrorId);

        Assert.Equal("NoClientCertificate", _session.Run("Measure-LangSmithPgConnectionBudget -ClientKeyPath ./client.key").ErrorId);
    }
}
