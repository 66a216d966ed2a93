using LangSmithPg.Connections;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Servers;

/// <summary>A session whose facts are known, for the work that goes on in it.</summary>
/// <param name="Session">The session, in no transaction.</param>
/// <param name="Connection">How it was connected, with the secret that it was logged in with.</param>
/// <param name="Facts">What the server says.</param>
/// <param name="Left">How much time there is.</param>
sealed record OpenSession(NpgsqlConnection Session, PgConnectionString Connection, ServerFacts Facts, TimeSpan Left);
