using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Benchmarks;

/// <summary>
/// A server with databases as an admin has them: owned by the role that LangSmith logs in as, who is no superuser, with the extensions
/// installed; and one, <see cref="Bare"/>, without them.
/// </summary>
sealed class ReadyServer : IAsyncDisposable
{
    public const string Role = "langsmith_app";
    public const string Password = "measured";
    public const string Bare = "bare";

    static readonly string[] Extensions = ["btree_gin", "btree_gist", "citext", "ltree", "pg_trgm", "pgcrypto"];

    readonly PostgresServer _server;

    ReadyServer(PostgresServer server, IReadOnlyList<string> databases) => (_server, Databases) = (server, databases);

    /// <summary>The databases that are ready.</summary>
    public IReadOnlyList<string> Databases { get; }

    /// <summary>Where it listens.</summary>
    public Endpoint Endpoint => new(_server.Host, _server.Port);

    public static async Task<ReadyServer> StartAsync(int count, params string[] statements)
    {
        var databases = Enumerable.Range(1, count).Select(number => $"ready{number}").ToList();
        return new(
            await PostgresServer.StartAsync(new()
            {
                IgnoreInstalled = true,
                Settings = new Dictionary<string, string> { ["max_connections"] = "200" },
                InitStatements =
                [
                    $"CREATE ROLE {Role} LOGIN PASSWORD '{Password}'",
                    $"CREATE DATABASE {Bare} OWNER {Role} STRATEGY file_copy",
                    .. Extensions.Select(name => $"CREATE EXTENSION {name}"),
                    .. databases.Select(name => $"CREATE DATABASE {name} OWNER {Role} TEMPLATE postgres STRATEGY file_copy"),
                    .. statements,
                ],
            }),
            databases);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

/// <summary>An address to connect to.</summary>
readonly record struct Endpoint(string Host, int Port);
