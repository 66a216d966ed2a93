using System.Net.Sockets;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>A machine that has nothing left, and a server that gives too much.</summary>
public sealed class OutOfResourcesTests(SharedServers servers)
{
    public static TheoryData<Exception> Shortages =>
    [
        new SocketException((int)SocketError.TooManyOpenSockets), new NpgsqlException("x", new SocketException((int)SocketError.NoBufferSpaceAvailable)),
        new InsufficientMemoryException(), new TaskSchedulerException(new InsufficientMemoryException()),
    ];

    [Theory]
    [MemberData(nameof(Shortages), DisableDiscoveryEnumeration = true)]
    public void A_shortage_is_told_as_such(Exception exception)
    {
        Assert.True(FailureExplainer.IsOutOfResources(exception));

        var failure = FailureExplainer.OutOfResources(exception);

        Assert.False(failure.WasReached);
        Assert.Contains("-ThrottleLimit", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_shortage_is_not()
    {
        Assert.False(FailureExplainer.IsOutOfResources(new SocketException((int)SocketError.ConnectionRefused)));
        Assert.False(FailureExplainer.IsOutOfResources(new IOException("x")));
    }

    [Fact]
    public async Task An_answer_without_an_end_is_not_kept()
    {
        var server = await servers.GetAsync();
        await using var session = new NpgsqlConnection(server.Connection().ConnectionString);
        await session.OpenAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<AnswerTooLargeException>(() => ReadOnlyQuery.ReadTextAsync(
            session, "select pg_catalog.repeat('x', 100000000)", [], TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }
}
