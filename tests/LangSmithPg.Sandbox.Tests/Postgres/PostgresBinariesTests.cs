using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Sandbox.Tests.Postgres;

public sealed class PostgresBinariesTests
{
    [Fact]
    public async Task A_version_that_nobody_has_is_not_available_and_the_message_says_where_was_looked()
    {
        var error = await Assert.ThrowsAsync<PostgresNotAvailableException>(
            () => PostgresBinaries.FindAsync(major: 9, cancellationToken: TestContext.Current.CancellationToken));

        Assert.StartsWith("No PostgreSQL 9 can be had.", error.Message, StringComparison.Ordinal);
        Assert.Contains("LANGSMITHPG_PG_BIN", error.Message, StringComparison.Ordinal);
        Assert.Contains("@embedded-postgres/", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_library_is_found()
    {
        await using var server = await Servers.StartAsync(new());

        Assert.True(File.Exists(server.Binaries.LibpqPath), server.Binaries.LibpqPath);
    }
}
