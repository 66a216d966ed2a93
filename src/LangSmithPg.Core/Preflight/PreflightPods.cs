using System.Globalization;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Documents;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Preflight;

/// <summary>
/// Finds for each database of a release a pod that uses it. Source: the chart's templates <c>_helpers.tpl</c>, <c>backend/</c>,
/// <c>agent-features/</c> and <c>smithdb/</c>.
/// </summary>
sealed class PreflightPods
{
    const string CertificateFolder = "/etc/postgres/certs";

    static readonly ValuesPath ClientCert = ValuesPath.Of("postgres.external.clientCert");
    static readonly ValuesPath CommonDns = ValuesPath.Of("commonDnsConfig");
    static readonly ValuesPath SmithDb = new("smithdb");

    // The chart's own value for commonDnsConfig, in all versions that have it.
    static readonly DocumentMap DefaultDns = DocumentMap.Of(
        ("options", new DocumentList([DocumentMap.Of(("name", new DocumentText("ndots")), ("value", new DocumentText("4")))])));

    static readonly string[] PartVariables = ["HOST", "DATABASE", "USERNAME", "PASSWORD"];

    readonly EffectiveValues _all;
    readonly LintInput _values;
    readonly LintChart _chart;
    readonly ReleaseNames _names;

    PreflightPods(IReadOnlyList<ValuesFile> files, LintChart chart, string releaseName)
    {
        (_all, _chart) = (new(files), chart);
        _values = new(files, _all, chart);
        _names = new(_values, releaseName);
    }

    /// <summary>Finds the pod for LangSmith's own database.</summary>
    /// <param name="files">The values files, in the order of Helm's <c>-f</c>.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="releaseName">Name of the release.</param>
    /// <exception cref="PreflightException">The values do not configure it, or not in a way that can be tested.</exception>
    public static PreflightPod FindBackend(IReadOnlyList<ValuesFile> files, LintChart chart, string releaseName) =>
        Find(files, chart, releaseName, [DatabasePurpose.LangSmith])[0];

    /// <summary>Finds them, LangSmith's own first.</summary>
    /// <param name="files">The values files, in the order of Helm's <c>-f</c>.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="releaseName">Name of the release.</param>
    /// <param name="purposes">The databases; none for all that are used and are on a server of yours.</param>
    /// <exception cref="PreflightException">The values do not configure one of them, or not in a way that can be tested.</exception>
    public static IReadOnlyList<PreflightPod> Find(IReadOnlyList<ValuesFile> files, LintChart chart, string releaseName, IReadOnlyCollection<DatabasePurpose> purposes)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(purposes);
        var pods = new PreflightPods(files, chart, releaseName);
        List<ReleaseDatabase> databases = [.. ReleaseDatabases.Find(chart, files)];
        if (purposes.Count > 0)
        {
            foreach (var purpose in purposes.Where(purpose => !databases.Exists(database => database.Purpose == purpose)))
            {
                throw new PreflightException(
                    PreflightProblemKind.NoExternalPostgres, $"{chart.Name[..1].ToUpperInvariant()}{chart.Name[1..]} has no database for {purpose}.",
                    "Get-LangSmithPgDatabase shows the databases of a version of the chart.");
            }

            return [.. databases.Where(database => purposes.Contains(database.Purpose)).Select(pods.Pod)];
        }

        // Nothing but the values of one database, as New-LangSmithHelmValues writes them, do not switch on what uses it.
        List<ReleaseDatabase> chosen = [.. databases.Where(database => database.Location == DatabaseLocation.External)];
        chosen = chosen.Count > 0 ? chosen : [.. databases.Where(database => pods.IsConfigured(database))];
        return chosen.Count > 0 ? [.. chosen.Select(pods.Pod)] : throw NotExternal($"The values do not configure an external PostgreSQL: {External.Enabled} is not true.");
    }

    /// <summary>Finds the pods that use the databases which the chart installs in the cluster, LangSmith's own first.</summary>
    /// <param name="files">The values files, in the order of Helm's <c>-f</c>.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="releaseName">Name of the release.</param>
    /// <param name="purposes">The databases; none for all that are in the cluster.</param>
    /// <exception cref="PreflightException">One of them is not in the cluster.</exception>
    public static IReadOnlyList<InstalledDatabase> FindInstalled(IReadOnlyList<ValuesFile> files, LintChart chart, string releaseName, IReadOnlyCollection<DatabasePurpose> purposes)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(purposes);
        var pods = new PreflightPods(files, chart, releaseName);
        // Of SmithDB, the chart installs only what a migration needs while it runs.
        List<ReleaseDatabase> databases =
        [
            .. ReleaseDatabases.Find(chart, files).Where(database => database is { Location: DatabaseLocation.InCluster, Purpose: not (DatabasePurpose.SmithDbMetastore or DatabasePurpose.SmithDbTaskDb) }),
        ];
        IReadOnlyCollection<DatabasePurpose> wanted = purposes.Count > 0 ? purposes : [.. databases.Select(database => database.Purpose)];
        foreach (var purpose in wanted.Where(purpose => !databases.Exists(database => database.Purpose == purpose)))
        {
            throw NotInstalled($"Under the values, the chart does not install a PostgreSQL for {purpose} in the cluster.");
        }

        return wanted.Count > 0
            ? [.. databases.Where(database => wanted.Contains(database.Purpose)).Select(pods.Installed)]
            : throw NotInstalled("Under the values, the chart does not install a PostgreSQL in the cluster.");
    }

    static PreflightException NotInstalled(string message) => new(
        PreflightProblemKind.NoPostgresInCluster, message, "Specify the values with which the release is installed now, such as the output of helm get values. Get-LangSmithPgDatabase shows where the databases are.");

    // Source: the chart's templates postgres/ and agent-features/*/postgres/: the server itself takes its user from the same keys.
    InstalledDatabase Installed(ReleaseDatabase database)
    {
        var isAgent = database.Purpose != DatabasePurpose.LangSmith;
        var root = new ValuesPath(isAgent ? [database.ValuesPath.Keys[0], "postgres"] : ["postgres"]);
        var volume = root.Child("statefulSet");
        var name = _values.Text(root.Child("name")) ?? "postgres";
        var existing = _values.Text(database.ValuesPath.Child("existingSecretName"));
        var (pod, server, secret) = isAgent ? OfAgent() : (Backend(database), $"{_names.FullName}-{name}", existing ?? $"{_names.FullName}-postgres");
        return new(
            pod with
            {
                IsSecretOfChart = existing is null,
                UsesIam = false,
                Variables =
                [
                    new("SOURCE_HOST", server),
                    new("SOURCE_PORT", _values.Text(root.Child("service").Child("port")) ?? _chart.OwnValue($"{root.Child("service").Child("port")}") ?? "5432"),
                    new("SOURCE_USER", null, new(secret, DatabaseSecrets.UserNameKey)),
                    new("SOURCE_PASSWORD", null, new(secret, DatabaseSecrets.PasswordKey)),
                    new("SOURCE_DATABASE", null, new(secret, DatabaseSecrets.DatabaseKey)),
                ],
            },
            server, database)
        {
            IsPersistent = _all.Find(volume.Child("persistence").Child("enabled")) is not { Value.IsTrue: false },
            IsClaimDeleted = _values.Text(volume.Child("persistentVolumeClaimRetentionPolicy").Child("whenDeleted")) == "Delete",
            MajorVersion = Text("images.postgresImage.tag") is { } tag && int.TryParse(tag.Split('.', '-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : null,
        };

        (PreflightPod Pod, string Server, string Secret) OfAgent()
        {
            var prefix = AgentPrefix(database);
            return (Agent(database), _names.AgentServer(Root(database), DefaultPrefix(database), name), existing ?? $"{prefix}-postgres");
        }
    }

    static PreflightException NotExternal(string message) => new(
        PreflightProblemKind.NoExternalPostgres, message, "Specify the output of New-LangSmithHelmValues, or all values files of the release with -Path.");

    bool IsConfigured(ReleaseDatabase database) => database.Purpose == DatabasePurpose.SmithDbMetastore
        ? _values.Text(SmithDbValues.SecretName) is not null && SmithDbValues.KeyNames.Take(3).All(key => MetastoreKey(database, key) is not null)
        : _values.IsTrue(database.ValuesPath.Child("enabled"));

    PreflightPod Pod(ReleaseDatabase database)
    {
        if (database.Purpose != DatabasePurpose.SmithDbMetastore && !IsConfigured(database))
        {
            var which = database.Purpose == DatabasePurpose.LangSmith ? "" : $" for {database.Purpose}";
            throw NotExternal($"The values do not configure an external PostgreSQL{which}: {database.ValuesPath.Child("enabled")} is not true.");
        }

        return database.Purpose switch
        {
            DatabasePurpose.LangSmith => Backend(database),
            DatabasePurpose.SmithDbMetastore => Metastore(database),
            DatabasePurpose.SmithDbTaskDb => TaskDb(database),
            _ => Agent(database),
        };
    }

    PreflightPod Backend(ReleaseDatabase database)
    {
        // Kubernetes puts other variables in its place, the connection with its password among them; and what is no schema is told in the log.
        var path = External.Root.Child("schema");
        var schema = _values.Text(path) ?? "public";
        if (schema.Contains("$(", StringComparison.Ordinal))
        {
            throw new PreflightException(
                PreflightProblemKind.SchemaWithVariable, $"{path} contains '$(', which Kubernetes treats as the start of a variable reference.",
                $"Specify the name of the schema itself in {path}.");
        }

        var secret = database.SecretName ?? $"{_names.FullName}-postgres";
        var name = $"{_names.FullName}-{Text("backend.name") ?? "backend"}";
        return OfComponent(database, new("backend"), name) with
        {
            IsSecretOfChart = database.SecretName is null && !_values.IsTrue(ValuesPath.Of("postgres.disableSecretCreation")),
            Variables =
            [
                new("POSTGRES_DATABASE_URI", null, new(secret, database.SecretKeys[0])),
                new("POSTGRES_SCHEMA", schema),
                new("POSTGRES_TLS", _values.IsTrue(External.CustomTls) ? "true" : "false"),
                .. _values.IamProvider is { } provider ? [new("POSTGRES_IAM_AUTH_PROVIDER", provider)] : (PodVariable[])[],
                .. _values.HasClientCertificate
                    ? [new("POSTGRES_TLS_CLIENT_CERT_PATH", $"{CertificateFolder}/client.crt"), new("POSTGRES_TLS_CLIENT_KEY_PATH", $"{CertificateFolder}/client.key")]
                    : (PodVariable[])[],
            ],
            UsesIam = _values.IamProvider is not null,
        };
    }

    // The URL is all that leads to its database: the certificates of LangSmith's own are mounted, and used where the URL says so.
    PreflightPod Agent(ReleaseDatabase database)
    {
        var api = Root(database).Child("apiServer");
        var prefix = AgentPrefix(database);
        var existing = _values.Text(database.ValuesPath.Child("existingSecretName"));
        var provider = database.IamKey is { } key ? _values.Text(key) : null;
        return OfComponent(database, api, $"{prefix}-{_values.Text(api.Child("name")) ?? "api-server"}") with
        {
            IsSecretOfChart = existing is null,
            Variables =
            [
                new("POSTGRES_URI", null, new(existing ?? $"{prefix}-postgres", KubernetesSecret.AgentConnectionKey)),
                .. provider is null ? [] : (PodVariable[])[new("AGENT_POSTGRES_IAM_AUTH_PROVIDER", provider)],
            ],
            UsesIam = provider is not null,
        };
    }

    string AgentPrefix(ReleaseDatabase database) => _names.Agent(Root(database), DefaultPrefix(database));

    static ValuesPath Root(ReleaseDatabase database) => new(database.ValuesPath.Keys[0]);

    static string DefaultPrefix(ReleaseDatabase database) => $"standalone-{database.Purpose.ToString().ToLowerInvariant()}";

    PreflightPod Metastore(ReleaseDatabase database)
    {
        var path = database.ValuesPath;
        var provider = database.IamKey is { } iam ? _values.Text(iam) : null;
        var userName = SmithDbValues.UserName(_values);
        var password = MetastoreKey(database, SmithDbValues.PasswordKey);
        var missing = _values.Text(SmithDbValues.SecretName) is null ? SmithDbValues.SecretName
            : SmithDbValues.RequiredKeyNames(_values).Where(key => MetastoreKey(database, key) is null).Select(path.Child).FirstOrDefault();
        if (missing is not null)
        {
            throw NotExternal($"The values do not configure an external PostgreSQL for {database.Purpose}: {missing} is not set.");
        }

        // Of SmithDB's pods, ingestion is there in all its versions, and writes.
        var region = provider == "aws" ? Text("smithdb.config.objectStore.s3.region") : null;
        return SmithDbPod(database, "ingestion") with
        {
            Variables =
            [
                FromSecret("HOST", SmithDbValues.HostKey),
                new("SMITHDB_INGESTION__METASTORE__PORT", _values.Text(path.Child("port")) ?? "5432"),
                FromSecret("DATABASE", SmithDbValues.DatabaseKey),
                userName is null ? FromSecret("USERNAME", SmithDbValues.UserNameKey) : new("SMITHDB_INGESTION__METASTORE__USERNAME", userName),
                .. password is null ? [] : (PodVariable[])[FromSecret("PASSWORD", SmithDbValues.PasswordKey)],
                .. provider is null ? [] : (PodVariable[])[new("SMITHDB_INGESTION__METASTORE__IAM_AUTH_PROVIDER", provider)],
                .. region is null ? [] : (PodVariable[])[new("AWS_REGION", region), new("AWS_DEFAULT_REGION", region)],
                new("SMITHDB_INGESTION__METASTORE__USE_SSL", _values.IsTrue(path.Child("useSsl")) ? "true" : "false"),
            ],
            UsesIam = provider is not null,
        };

        PodVariable FromSecret(string part, string key) =>
            new($"SMITHDB_INGESTION__METASTORE__{part}", null, new(_values.Text(SmithDbValues.SecretName)!, MetastoreKey(database, key)!));
    }

    string? MetastoreKey(ReleaseDatabase database, string key) => _values.Text(database.ValuesPath.Child(key));

    PreflightPod TaskDb(ReleaseDatabase database)
    {
        var path = database.ValuesPath;
        var existing = _values.Text(path.Child("existingSecretName"));
        var secret = existing ?? ReleaseNames.Short($"{_names.SmithDb}-{Text("smithdb.migration.taskdb.postgres.name") ?? "taskdb-postgres"}");
        List<PodVariable> variables =
        [
            .. PartVariables.Select((part, index) => new PodVariable(
                $"SMITHDB_MIGRATION__TASKDB__{part}", null, new(secret, _values.Text(path.Child(SmithDbValues.KeyNames[index])) ?? DatabaseSecrets.PartKeys[index]))),
            new("SMITHDB_MIGRATION__TASKDB__USE_SSL", _values.IsTrue(path.Child("useSsl")) ? "true" : "false"),
        ];
        variables.Insert(1, new("SMITHDB_MIGRATION__TASKDB__PORT", _values.Text(path.Child("port")) ?? "5433"));
        return SmithDbPod(database, "migration") with { IsSecretOfChart = existing is null, Variables = variables };
    }

    // All of them run as one account, and get neither certificates nor the common security context.
    PreflightPod SmithDbPod(ReleaseDatabase database, string component)
    {
        var values = SmithDb.Child(component);
        var pod = OfComponent(database, values, ReleaseNames.Short($"{_names.SmithDb}-{_values.Text(values.Child("name")) ?? component}"));
        var account = SmithDb.Child("serviceAccount");
        return pod with
        {
            AccountName = AccountOf(account, _names.SmithDb),
            AccountValues = account,
            IsAccountOfChart = IsAccountMade(account),
            AccountAnnotations = AnnotationsOf(account),
            Labels = (Map(values.Child("deployment").Child("labels")) ?? new([])).Or(pod.Labels),
            SecurityContext = Map(values.Child("deployment").Child("podSecurityContext")),
            Authorities = null,
            ClientCertificate = null,
            ClientKey = null,
        };
    }

    // What nearly all components have.
    PreflightPod OfComponent(ReleaseDatabase database, ValuesPath component, string name)
    {
        var deployment = component.Child("deployment");
        var account = component.Child("serviceAccount");
        return new()
        {
            Purpose = database.Purpose,
            ReleaseName = _names.ReleaseName,
            Name = name,
            Namespace = Text("namespace"),
            AccountName = AccountOf(account, name),
            AccountValues = account,
            IsAccountOfChart = IsAccountMade(account),
            AccountAnnotations = AnnotationsOf(account),
            Labels = DocumentMap.Of(
                    ("app.kubernetes.io/name", new DocumentText(_names.Name)),
                    ("app.kubernetes.io/instance", new DocumentText(_names.ReleaseName)))
                .Or(Map(new("commonLabels"))).Or(Map(deployment.Child("labels"))),
            Annotations = Map(deployment.Child("annotations"))?.Or(Map(new("commonPodAnnotations"))) ?? Map(new("commonPodAnnotations")),
            SecurityContext = (Map(deployment.Child("podSecurityContext")) ?? new([]))
                .Over(_chart.Features.Contains(ChartFeature.CommonPodSecurityContext) ? Map(new("commonPodSecurityContext")) : null),
            Scheduling = DocumentMap.Of(((string[])["nodeSelector", "affinity", "tolerations"]).Select(key => (key, Filled(deployment.Child(key))))),
            Dns = !_chart.Has(CommonDns) ? null : _all.All.Any(one => one.Value.Path.Equals(CommonDns)) ? Filled(CommonDns) : DefaultDns,
            ImagePullSecrets = Filled(ValuesPath.Of("images.imagePullSecrets")),
            Variables = [],
            Authorities = Reference(External.CustomCaName, External.CustomCaKey, defaultKey: null),
            ClientCertificate = _values.HasClientCertificate ? Reference(External.ClientCertificate, ClientCert.Child("certSecretKey"), MtlsSecret.DefaultCertificateKey) : null,
            ClientKey = _values.HasClientCertificate ? Reference(External.ClientCertificate, ClientCert.Child("keySecretKey"), MtlsSecret.DefaultPrivateKeyKey) : null,
        };
    }

    DocumentMap? AnnotationsOf(ValuesPath account) => Map(account.Child("annotations"))?.Or(Map(new("commonAnnotations"))) ?? Map(new("commonAnnotations"));

    string AccountOf(ValuesPath account, string name)
    {
        var given = _values.Text(account.Child("name"));
        return IsAccountMade(account) ? ReleaseNames.Short(given ?? name) : given ?? "default";
    }

    bool IsAccountMade(ValuesPath account) => _all.Find(account.Child("create")) is not { Value.IsTrue: false };

    string? Text(string path) => _values.Text(ValuesPath.Of(path));

    DocumentMap? Map(ValuesPath path) => _all.ToDocument(path) as DocumentMap;

    // An empty map or list says nothing.
    DocumentNode? Filled(ValuesPath path) => _all.ToDocument(path) is var node && node is DocumentMap { Entries.Count: 0 } or DocumentList { Items.Count: 0 } ? null : node;

    SecretReference? Reference(ValuesPath secret, ValuesPath key, string? defaultKey) =>
        _values.Text(secret) is { } found && (_values.Text(key) ?? defaultKey) is { } where ? new(found, where) : null;
}
