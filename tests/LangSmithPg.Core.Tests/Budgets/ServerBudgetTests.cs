using LangSmithPg.Budgets;
using LangSmithPg.Connections;
using LangSmithPg.Common;
using LangSmithPg.Core.Tests.Readiness;
using LangSmithPg.Databases;
using LangSmithPg.Readiness.Rules;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Budgets;

public sealed class ServerBudgetTests
{
    [Theory]
    [InlineData(97, 0, null, FindingStatus.Pass)]
    [InlineData(98, 0, null, FindingStatus.Fail)]
    [InlineData(98, 0, NumberSource.Chart, FindingStatus.Fail)]
    // PostgreSQL's default, which may be another one.
    [InlineData(98, 0, NumberSource.Assumed, FindingStatus.Warning)]
    // Only with what is assumed.
    [InlineData(98, 1, null, FindingStatus.Warning)]
    [InlineData(99, 1, null, FindingStatus.Fail)]
    // Twice as large, they are too large.
    [InlineData(97, 1, null, FindingStatus.Unknown)]
    [InlineData(60, 37, null, FindingStatus.Pass)]
    [InlineData(60, 38, null, FindingStatus.Unknown)]
    public void A_server_has_enough_or_not(int connections, int assumed, NumberSource? source, FindingStatus expected) =>
        Assert.Equal(expected, (Budget(connections, assumed) with { MaxConnections = 110, MaxConnectionsSource = source, Reserved = 3, UsedByOthers = 10 }).Status);

    [Fact]
    public void Without_a_look_nothing_is_known() => Assert.Equal((null, FindingStatus.Unknown), (Budget(1, 0).Available, Budget(1, 0).Status));

    [Theory]
    [InlineData(97, FindingStatus.Pass)]
    [InlineData(98, FindingStatus.Fail)]
    public void Readiness_compares_the_budget_with_what_other_roles_leave(int needed, FindingStatus expected)
    {
        var input = Inputs.Of(provider: null, facts => facts with { Connections = new ConnectionCounts(110, 3, 25), Role = facts.Role with { Connections = 15 } });
        var finding = new LimitRule().Evaluate(input with { Size = input.Size with { NeededConnections = needed } }).First();
        Assert.Equal(("Server.Connections", expected), (finding.Id, finding.Status));
        Assert.Equal($"The connection budget of the release is {needed}, and the server has 97 connections for it.", finding.Message);
    }

    static ServerBudget Budget(int connections, int assumed) => new()
    {
        Server = "db.example.com:5432", Location = DatabaseLocation.External, Databases = [DatabasePurpose.LangSmith], Connections = connections, Assumed = assumed,
    };
}
