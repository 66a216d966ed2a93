using System.Globalization;
using System.Text.RegularExpressions;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Databases;

/// <summary>Finds every PostgreSQL database of a release, as its chart and its values have them.</summary>
static class ReleaseDatabases
{
    const string Migration = "smithdb.langsmith.migration.enabled";
    const string MigrationPod = "smithdb-migration";

    // Up to chart 0.16.4 its variables have names of their own.
    const string MetastoreMigrationPod = "smithdb-metastore-migration";

    /// <summary>Finds them: LangSmith's own first.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="files">The values files of the release, in the order of Helm's <c>-f</c>; none for the chart's own values.</param>
    public static IEnumerable<ReleaseDatabase> Find(LintChart chart, IReadOnlyList<ValuesFile> files)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(files);
        var input = new LintInput(files, new(files), chart);
        return chart.OtherDatabases.Select(other => Other(input, other)).Prepend(LangSmith(input));
    }

    static ReleaseDatabase LangSmith(LintInput input)
    {
        var values = new DatabaseValues(input, External.Root);
        var iam = input.Chart.Features.Contains(ChartFeature.IamAuthProvider) ? IamValues.Provider : null;
        var provider = ProviderAt(input, iam);
        return new()
        {
            Purpose = DatabasePurpose.LangSmith,
            Location = values.IsExternal ? DatabaseLocation.External : DatabaseLocation.InCluster,
            ValuesPath = External.Root,
            EnabledWhen = $"{Condition.Always}",
            SecretName = values.IsExternal ? values.SecretName : null,
            SecretKeys = [input.Text(External.SecretKey) ?? KubernetesSecret.DefaultConnectionKey],
            Connection = values.IsExternal ? Connection(values, sslMode: null, provider, values.Part("schema")) : null,
            IamKey = iam,
            IamAuthProvider = provider,
            Tls = DatabaseTls.UrlAndCertificates,
            Variable = "POSTGRES_DATABASE_URI",
            Pods = [.. input.Components.Select(Pod)],
            MinimumMajorVersion = Requirements.MinimumMajorVersion,
            Extensions = Requirements.Extensions,
        };
    }

    static ReleaseDatabase Other(LintInput input, ChartDatabase other)
    {
        var purpose = PurposeOf(other.Path);
        var requirements = DatabaseRequirements.Of(purpose);
        var isAgent = LintInput.IsAgent(other);
        var isMetastore = other.Path.Equals(SmithDbValues.Metastore);
        var values = new DatabaseValues(input, other.Path);
        var isOn = IsOn(input, other);
        var location = isOn is null ? DatabaseLocation.Unknown
            : isOn is false ? DatabaseLocation.Off
            : isMetastore || values.IsExternal ? DatabaseLocation.External
            : DatabaseLocation.InCluster;
        var iam = other.IamKey is { } key ? other.Path.Child(key) : null;
        var provider = ProviderAt(input, iam);
        var isExternal = location == DatabaseLocation.External;
        return new()
        {
            Purpose = purpose,
            Location = location,
            ValuesPath = other.Path,
            EnabledWhen = EnabledWhen(input, other),
            SecretName = !isExternal ? null : isMetastore ? input.Text(SmithDbValues.SecretName) : values.SecretName,
            SecretKeys = [.. SecretKeys(input, other)],
            Connection = isExternal && !isMetastore
                ? Connection(values, isAgent || !input.IsTrue(other.Path.Child("useSsl")) ? SslMode.Disable : SslMode.Require, provider, schema: null)
                : null,
            IamKey = iam,
            IamAuthProvider = provider,
            Tls = isAgent ? DatabaseTls.Url : DatabaseTls.OnOrOff,
            Variable = other.Variable,
            Pods = isOn is true ? [.. Pods(input, other)] : [],
            MinimumMajorVersion = requirements.MinimumMajorVersion,
            IsDedicated = requirements.IsDedicated,
            Extensions = requirements.Extensions,
        };
    }

    public static DatabasePurpose PurposeOf(ValuesPath path) => path.ToString() switch
    {
        "postgres.external" => DatabasePurpose.LangSmith,
        "fleet.postgres.external" => DatabasePurpose.Fleet,
        "insights.postgres.external" or "engineInsightsAgent.postgres.external" => DatabasePurpose.Insights,
        "polly.postgres.external" => DatabasePurpose.Polly,
        "smithdb.config.metastore" => DatabasePurpose.SmithDbMetastore,
        "smithdb.migration.taskdb.postgres.external" => DatabasePurpose.SmithDbTaskDb,
        _ => DatabasePurpose.Unknown,
    };

    static bool? IsOn(LintInput input, ChartDatabase other)
    {
        if (other.EnabledWhen is { } condition)
        {
            return input.Chart.Holds(condition, input.Values);
        }

        List<bool?> users = [.. input.Users(other).Select(one => input.Chart.IsOn(one, input.Values))];
        return users.Count == 0 ? input.Chart.Holds(Condition.Path($"{other.Path.Keys[0]}.enabled"), input.Values)
            : users.Contains(true) ? true
            : users.Contains(null) ? null
            : false;
    }

    static string EnabledWhen(LintInput input, ChartDatabase other) =>
        other.EnabledWhen?.ToString() ?? input.Users(other).FirstOrDefault()?.EnabledWhen ?? $"{other.Path.Keys[0]}.enabled";

    static IEnumerable<string> SecretKeys(LintInput input, ChartDatabase other) =>
        LintInput.IsAgent(other) ? [KubernetesSecret.AgentConnectionKey]
        : other.Path.Equals(SmithDbValues.Metastore) ? SmithDbValues.ReadKeyNames(input).Select(key => input.Text(SmithDbValues.Metastore.Child(key))).OfType<string>()
        : SmithDbValues.KeyNames.Zip(DatabaseSecrets.PartKeys, (name, usual) => input.Text(other.Path.Child(name)) ?? usual);

    static IEnumerable<string> Pods(LintInput input, ChartDatabase other)
    {
        List<string> users = [.. input.Users(other).Where(one => input.Chart.IsOn(one, input.Values) is not false).Select(Pod)];
        if (users.Count > 0)
        {
            return users;
        }

        var variable = new Regex($"^{Regex.Escape(other.Variable).Replace(@"\*", ".+", StringComparison.Ordinal)}\\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return input.Chart.Release.OtherPostgresPods
            .Where(pod => pod.Variables.Any(variable.IsMatch) || (other.Path.Equals(SmithDbValues.Metastore) && pod.NameSuffix == MetastoreMigrationPod))
            .Where(pod => pod.NameSuffix != MigrationPod || input.Chart.IsTrue(Migration, input.Values))
            .Select(pod => pod.NameSuffix);
    }

    static string Pod(ChartComponent component) => component.NameSuffix ?? component.Name;

    static IamAuthProvider? ProviderAt(LintInput input, ValuesPath? path) =>
        path is not null && input.Text(path) is { } text && Enum.TryParse<IamAuthProvider>(text, ignoreCase: true, out var provider) && Enum.IsDefined(provider) ? provider : null;

    // As the pods get it: the chart adds a TLS mode to some connections that are specified in parts, and its own values to what they do not say.
    static PgConnectionString? Connection(DatabaseValues values, SslMode? sslMode, IamAuthProvider? provider, string? schema)
    {
        if (values.Url is { } url)
        {
            return Placeholder.IsIn(url) ? null : PgConnectionString.Parse(url, new() { IamAuthProvider = provider, Schema = schema, Purpose = PurposeOf(values.Root) }).Connection;
        }

        var isTaskDb = PurposeOf(values.Root) == DatabasePurpose.SmithDbTaskDb;
        var (user, port, database) = isTaskDb ? ("username", "5433", "smithdb_migration") : ("user", "5432", "postgres");
        string?[] parts = [values.HostName, values.Part("port") ?? port, values.Part("database") ?? database, values.Part(user) ?? "postgres", values.Part("password") ?? (provider is null ? "postgres" : null)];
        return parts is not [{ } hostName, { } portText, { } databaseName, { } userName, var password] || parts.Any(part => part is not null && Placeholder.IsIn(part)) || !int.TryParse(portText, CultureInfo.InvariantCulture, out var number)
            ? null
            : PgConnectionString.FromParts(new()
            {
                HostName = hostName,
                Port = number,
                Database = databaseName,
                UserName = userName,
                Password = Secret.From(password),
                SslMode = sslMode,
                IamAuthProvider = provider,
                Purpose = PurposeOf(values.Root),
                Schema = schema ?? PgConnectionString.DefaultSchema,
            }).Connection;
    }
}
