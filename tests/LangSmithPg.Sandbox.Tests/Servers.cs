using LangSmithPg.Sandbox.PgBouncer;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Sandbox.Tests;

/// <summary>Starts servers for tests, and turns a missing one into a visible skip; under CI it fails.</summary>
static class Servers
{
    // Older ones are there to be refused, and not built for every machine.
    const int OldestThatMustExist = 14;

    static readonly bool MustExist = Environment.GetEnvironmentVariable("CI") == "true";

    public static async Task<PostgresServer> StartAsync(PostgresServerOptions options)
    {
        try
        {
            return await PostgresServer.StartAsync(options with { IgnoreInstalled = true }, TestContext.Current.CancellationToken);
        }
        catch (PostgresNotAvailableException e) when (!MustExist || options.Major < OldestThatMustExist)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    public static async Task<PgBouncerServer> StartBouncerAsync(PgBouncerServerOptions options)
    {
        try
        {
            return await PgBouncerServer.StartAsync(options, TestContext.Current.CancellationToken);
        }
        catch (PgBouncerNotAvailableException e) when (!MustExist)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
