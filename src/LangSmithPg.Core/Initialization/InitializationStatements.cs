using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Initialization;

/// <summary>The statements that set up LangSmith's database.</summary>
/// <param name="request">What is asked for.</param>
sealed class InitializationStatements(InitializationRequest request)
{
    /// <summary>The first major version with <see cref="TransactionTimeout"/>.</summary>
    public const int FirstMajorWithTransactionTimeout = 17;

    /// <summary>The limit that older servers do not know.</summary>
    public const string TransactionTimeout = "transaction_timeout";

    /// <summary>The limits that all servers know, and that would end what LangSmith does.</summary>
    public static readonly IReadOnlyList<string> TimeLimits = ["statement_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout"];

    public string Role { get; } = SqlIdentifier.Quote(request.RoleName);

    public string Database { get; } = SqlIdentifier.Quote(request.Database);

    public string Schema { get; } = SqlIdentifier.Quote(request.Schema);

    // The encoding of template0 goes with its own locale.
    public string CreateDatabase(InitializationFacts facts) =>
        $"{CreateDatabaseInUtf8}{(facts.TemplateEncoding == "UTF8" ? "" : Utf8Locale.ClauseFor(facts.TemplateCollation))}";

    public string CreateDatabaseInUtf8 => $"CREATE DATABASE {Database} TEMPLATE template0 ENCODING 'UTF8'";

    public string CreateRole => $"CREATE ROLE {Role} LOGIN";

    public string AlterRole => $"ALTER ROLE {Role} LOGIN";

    public string CreateSchema => $"CREATE SCHEMA {Schema} AUTHORIZATION {Role}";

    public string CreateOwnSchema => $"CREATE SCHEMA {Schema}";

    public string GrantSchema => $"GRANT USAGE, CREATE ON SCHEMA {Schema} TO {Role}";

    public string GrantDatabase => $"GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {Database} TO {Role}";

    public string AlterOwner => $"ALTER DATABASE {Database} OWNER TO {Role}";

    public string SetNoLimit(string setting) => $"{Scope} SET {setting} = 0";

    public string SetSearchPath => $"{Scope} SET search_path = {Schema}";

    // Only who administers a role may set something for it; who owns a database, for all roles in it.
    string Scope => request.OwnsDatabase ? $"ALTER ROLE {Role} IN DATABASE {Database}" : $"ALTER DATABASE {Database}";
}
