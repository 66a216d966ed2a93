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
    public void A_server_that_refuses_the_login_is_an_error_and_the_budget_is_counted_without_it()
    {
        var given = _session.Run("Measure-LangSmithPgConnectionBudget -ChartVersion 0.16.11 -Connection $wrong");
        Assert.Equal("AuthenticationFailed", given.ErrorId);
        Assert.Single(given.Output);
    }
}
