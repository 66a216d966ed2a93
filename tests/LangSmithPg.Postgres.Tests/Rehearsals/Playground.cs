using System.Diagnostics;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Readiness;
using LangSmithPg.Rehearsals;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Servers;
using LangSmithPg.Sql;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Rehearsals;

/// <summary>
/// A database and a role of one test. At its end both are dropped, however it ends, and every other database and role whose name has
/// theirs in it.
/// </summary>
sealed class Playground : IAsyncDisposable
{
    const string Password = "S3cr3t-of-the-role";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly PostgresServer _server;
    readonly string _id = Guid.NewGuid().ToString("N")[..12];

    Playground(PostgresServer server)
    {
        _server = server;
        Superuser = new(new NpgsqlConnectionStringBuilder(server.Connection().ConnectionString) { Database = Database }.ConnectionString);
    }

    public string Database => $"db_{_id}";

    public string Role => $"role_{_id}";

    /// <summary>The role that owns what was there before.</summary>
    public string Other => $"other_{_id}";

    /// <summary>The superuser's connection to the database.</summary>
    public NpgsqlConnection Superuser { get; }

    /// <param name="server">The server.</param>
    /// <param name="setUp">What the superuser does in the new database; {role}, {other} and {database} are replaced.</param>
    public static async Task<Playground> CreateAsync(PostgresServer server, params string[] setUp)
    {
        var playground = new Playground(server);
        try
        {
            await playground.SetUpAsync(setUp);
            return playground;
        }
        catch
        {
            await playground.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does something as the superuser.</summary>
    public Task DoAsync(string sql) => DoAsync(Superuser, Fill(sql));

    /// <summary>Asks the superuser's connection.</summary>
    public async Task<string> AskAsync(string sql)
    {
        await using var command = new NpgsqlCommand(Fill(sql), Superuser);
        return $"{await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)}";
    }

    /// <summary>The connection string of the role, or of the superuser.</summary>
    public PgConnectionString Connection(string schema = "public", int? port = null, bool asSuperuser = false) => PgConnectionString.FromParts(new()
    {
        HostName = _server.Host,
        Port = port ?? _server.Port,
        Database = Database,
        UserName = asSuperuser ? _server.SuperUserName : Role,
        Password = Secret.From(asSuperuser ? _server.SuperUserPassword : Password),
        SslMode = LangSmithPg.Connections.SslMode.Disable,
        Schema = schema,
    }).Require();

    public static ReadinessReport Evaluate((ServerObservation Observation, Rehearsal? Rehearsal) rehearsed) => rehearsed.Evaluate(new(2026, 11, 23));

    /// <summary>Rehearses as the role, and judges.</summary>
    public async Task<ReadinessReport> ReportAsync(string schema = "public") => Evaluate(await Connection(schema).RehearseAsync());

    /// <summary>Whether each statement can really be done as whoever connects. What it does stays.</summary>
    public static async Task<List<bool>> ReallyDoAsync(PgConnectionString connection, IEnumerable<string> statements)
    {
        var host = connection.Hosts[0];
        await using var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = host.Name,
            Port = host.Port,
            Username = connection.UserName,
            Password = connection.Password!.Reveal(),
            Database = connection.Database,
            SearchPath = SqlIdentifier.Quote(connection.Schema),
            Pooling = false,
        }.ConnectionString);
        await session.OpenAsync(TestContext.Current.CancellationToken);
        List<bool> done = [];
        foreach (var statement in statements)
        {
            try
            {
                await DoAsync(session, statement);
                done.Add(true);
            }
            catch (PostgresException)
            {
                done.Add(false);
            }
        }

        return done;
    }

    public Task<SortedDictionary<string, string>> SnapshotAsync() => CatalogSnapshot.TakeAsync(Superuser);

    /// <summary>Waits until no session of a look, and so no lock of one, is left.</summary>
    public async Task AssertNobodyIsLeftAsync()
    {
        var clock = Stopwatch.StartNew();
        while (await AskAsync("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()") != "0")
        {
            Assert.True(clock.Elapsed < Patience, "A session was left on the server.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal("0", await AskAsync("select count(*) from pg_locks where pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())"));
    }

    public async ValueTask DisposeAsync()
    {
        await Superuser.DisposeAsync();
        var server = _server.Connection();
        var databases = await server.AskAsync($"SELECT string_agg(datname, ',') FROM pg_database WHERE datname LIKE '%{_id}%'");
        foreach (var database in databases.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            await server.AskAsync($"DROP DATABASE {database} WITH (FORCE)");
        }

        // At once, as each may have granted what another has.
        await server.AskAsync($"""
            DO $do$ DECLARE roles text := (SELECT string_agg(quote_ident(rolname), ', ') FROM pg_roles WHERE rolname LIKE '%{_id}%');
            BEGIN IF roles IS NOT NULL THEN EXECUTE 'DROP ROLE ' || roles; END IF; END $do$
            """);
    }

    async Task SetUpAsync(IEnumerable<string> statements)
    {
        var connection = _server.Connection();
        await connection.AskAsync($"CREATE ROLE {Role} LOGIN PASSWORD '{Password}'");
        await connection.AskAsync($"CREATE ROLE {Other}");
        await connection.AskAsync($"CREATE DATABASE {Database}");
        await Superuser.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var sql in statements)
        {
            await DoAsync(sql);
        }
    }

    string Fill(string sql) => sql
        .Replace("{role}", Role, StringComparison.Ordinal)
        .Replace("{other}", Other, StringComparison.Ordinal)
        .Replace("{database}", Database, StringComparison.Ordinal);

    static async Task DoAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
