using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Databases;

/// <summary>
/// The Secrets that the chart expects for its databases: LangSmith's own has a key of your choice, those of the agents a fixed one, whose URL needs a
/// scheme, and those of SmithDB a key for each part. Source: the chart's values.yaml and templates.
/// </summary>
static class DatabaseSecrets
{
    // The chart's own names of SmithDB's task database; those of the metastore are free.
    public const string HostKey = "postgres_host";
    public const string DatabaseKey = "postgres_db";
    public const string UserNameKey = "postgres_user";
    public const string PasswordKey = "postgres_password";

    /// <summary>All of them, in the order of <see cref="SmithDbValues.KeyNames"/>.</summary>
    public static IReadOnlyList<string> PartKeys { get; } = [HostKey, DatabaseKey, UserNameKey, PasswordKey];

    /// <summary>The name of the Secret unless another one is given.</summary>
    /// <param name="purpose">What the database is for.</param>
    public static string DefaultName(DatabasePurpose purpose) => purpose switch
    {
        DatabasePurpose.Fleet => "fleet-postgres-secret",
        DatabasePurpose.Insights => "insights-postgres-secret",
        DatabasePurpose.Polly => "polly-postgres-secret",
        DatabasePurpose.SmithDbMetastore => "smithdb-secret",
        DatabasePurpose.SmithDbTaskDb => "smithdb-taskdb-secret",
        _ => KubernetesSecret.DefaultConnectionName,
    };

    /// <summary>The Secret of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="name">Name of the Secret.</param>
    /// <param name="namespace">Its namespace, or null.</param>
    /// <param name="key">The key of LangSmith's own connection, or null for the usual one.</param>
    /// <exception cref="DatabaseNotSupportedException">The chart cannot use it in this way.</exception>
    /// <exception cref="InvalidNameException">A name or key is not valid in Kubernetes.</exception>
    public static KubernetesSecret Create(PgConnectionString connection, string name, string? @namespace, string? key)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var purpose = connection.Purpose;
        if (purpose != DatabasePurpose.LangSmith && key is not null)
        {
            throw new DatabaseNotSupportedException(purpose, $"The chart does not let you choose the key of the Secret for {purpose}.", "Omit -Key.");
        }

        return purpose switch
        {
            DatabasePurpose.LangSmith => KubernetesSecret.ForConnection(connection, name, @namespace, key ?? KubernetesSecret.DefaultConnectionKey),
            DatabasePurpose.Unknown => throw DatabaseNotSupportedException.NoPurpose(),
            DatabasePurpose.SmithDbMetastore or DatabasePurpose.SmithDbTaskDb => new(name, @namespace, [.. Parts(RequireOneHost(connection))]),
            _ => new(name, @namespace, [new(KubernetesSecret.AgentConnectionKey, Secret.From(AgentUrl(connection))!)]),
        };
    }

    /// <summary>The URL as the agents' pods get it: nothing adds a scheme, as there is for LangSmith's own.</summary>
    /// <param name="connection">The connection.</param>
    public static string AgentUrl(PgConnectionString connection) => connection.ToPlainText("postgresql");

    /// <summary>SmithDB gets one host.</summary>
    /// <param name="connection">The connection.</param>
    /// <exception cref="DatabaseNotSupportedException">There are several hosts.</exception>
    public static PgConnectionString RequireOneHost(PgConnectionString connection) => connection.Hosts.Count == 1
        ? connection
        : throw new DatabaseNotSupportedException(connection.Purpose, $"{connection.Purpose} supports one host, and the connection has {connection.Hosts.Count}.", "Specify the one address that always resolves to the primary.");

    static IEnumerable<SecretEntry> Parts(PgConnectionString connection)
    {
        yield return new(HostKey, Secret.From(connection.HostName)!);
        yield return new(DatabaseKey, Secret.From(connection.Database)!);
        yield return new(UserNameKey, Secret.From(connection.UserName)!);
        if (connection.Password is { } password)
        {
            yield return new(PasswordKey, password);
        }
    }
}
