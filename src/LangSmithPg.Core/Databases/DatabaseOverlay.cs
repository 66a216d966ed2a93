using System.Globalization;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Databases;

/// <summary>
/// The values that lead the chart's other databases to a server of yours. A URL in a Secret is used wherever the chart supports it: of parts, it makes
/// a URL without TLS and without encoding. Source: the chart's values.yaml and templates.
/// </summary>
static class DatabaseOverlay
{
    /// <summary>Creates them.</summary>
    /// <param name="connection">The connection; not that of LangSmith itself.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="secretName">The Secret with the connection, or null to put its URL into the values.</param>
    /// <exception cref="DatabaseNotSupportedException">The chart cannot use it in this way.</exception>
    /// <exception cref="InvalidNameException">The name is not valid in Kubernetes.</exception>
    public static HelmValues Create(PgConnectionString connection, LintChart chart, string? secretName)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(chart);
        var purpose = connection.Purpose;
        var database = Require(chart, purpose, withIdentity: connection.IamAuthProvider is not null);
        if (secretName is not null)
        {
            KubernetesNames.RequireObjectName(secretName);
        }

        var values = purpose switch
        {
            DatabasePurpose.SmithDbMetastore => Metastore(connection, database.Path, RequireSecret(secretName, purpose)),
            DatabasePurpose.SmithDbTaskDb => TaskDb(connection, database.Path, RequireSecret(secretName, purpose)),
            _ => Agent(connection, database.Path, secretName),
        };
        return connection.IamAuthProvider is { } provider ? values.With(database.Path.Child(database.IamKey!), provider.ToString().ToLowerInvariant()) : values;
    }

    /// <summary>The database as the chart has it.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="purpose">What the database is for; not LangSmith itself.</param>
    /// <param name="withIdentity">Whether a cloud's identity is to log in.</param>
    /// <exception cref="DatabaseNotSupportedException">The chart does not have it, or supports only passwords for it.</exception>
    public static ChartDatabase Require(LintChart chart, DatabasePurpose purpose, bool withIdentity)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var name = chart.Version is { } version ? $"Chart {version}" : "The chart";
        var database = chart.OtherDatabases.FirstOrDefault(one => ReleaseDatabases.PurposeOf(one.Path) == purpose)
            ?? throw new DatabaseNotSupportedException(purpose, $"{name} has no database for {purpose}.", "Get-LangSmithPgDatabase shows the databases of a version of the chart.");
        return withIdentity && database.IamKey is null
            ? throw new DatabaseNotSupportedException(purpose, $"{name} supports only passwords for {purpose}.", "Use a connection with a password, or a later version of the chart if there is one that supports identities: Get-LangSmithPgDatabase shows it in IamKey.")
            : database;
    }

    static HelmValues Agent(PgConnectionString connection, ValuesPath path, string? secretName)
    {
        var values = HelmValues.Empty.With(path.Child("enabled"), true);
        return secretName is null
            ? values.With(path.Child("connectionUrl"), DatabaseSecrets.AgentUrl(connection), connection.HasPassword)
            : values.With(path.Child("existingSecretName"), secretName);
    }

    static HelmValues Metastore(PgConnectionString connection, ValuesPath path, string secretName)
    {
        var values = Port(
            HelmValues.Empty.With(SmithDbValues.SecretName, secretName)
                .With(path.Child(SmithDbValues.HostKey), DatabaseSecrets.HostKey)
                .With(path.Child(SmithDbValues.DatabaseKey), DatabaseSecrets.DatabaseKey)
                .With(path.Child(SmithDbValues.UserNameKey), DatabaseSecrets.UserNameKey),
            connection, path);
        return connection.IamAuthProvider is null
            ? values.With(path.Child(SmithDbValues.PasswordKey), DatabaseSecrets.PasswordKey)
            : values.With(path.Child(SmithDbValues.IamUserNameKey), connection.UserName);
    }

    static HelmValues TaskDb(PgConnectionString connection, ValuesPath path, string secretName) => Port(
        HelmValues.Empty.With(path.Child("enabled"), true).With(path.Child("existingSecretName"), secretName),
        connection, path);

    // What the Secret does not hold.
    static HelmValues Port(HelmValues values, PgConnectionString connection, ValuesPath path) => values
        .With(path.Child("port"), DatabaseSecrets.RequireOneHost(connection).Port.ToString(CultureInfo.InvariantCulture))
        .With(path.Child("useSsl"), connection.SslMode >= SslMode.Require);

    static string RequireSecret(string? secretName, DatabasePurpose purpose) => secretName
        ?? throw new DatabaseNotSupportedException(purpose, $"The chart reads the connection of {purpose} from a Secret only.", "Omit -IncludeConnectionUrl.");
}
