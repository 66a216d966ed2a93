using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Preflight;

/// <summary>
/// What the pods of LangSmith's backend have under some values, as far as it bears on their way to PostgreSQL. Source: the chart's
/// templates <c>_helpers.tpl</c> and <c>backend/</c>.
/// </summary>
sealed record BackendPod
{
    const int MostCharacters = 63;
    const string DefaultName = "langsmith";

    static readonly ValuesPath Deployment = ValuesPath.Of("backend.deployment");
    static readonly ValuesPath Account = ValuesPath.Of("backend.serviceAccount");
    static readonly ValuesPath ClientCert = ValuesPath.Of("postgres.external.clientCert");
    static readonly ValuesPath CommonDns = ValuesPath.Of("commonDnsConfig");

    // The chart's own value for commonDnsConfig, in all versions that have it.
    static readonly DocumentMap DefaultDns = DocumentMap.Of(
        ("options", new DocumentList([DocumentMap.Of(("name", new DocumentText("ndots")), ("value", new DocumentText("4")))])));

    /// <summary>Name of the release.</summary>
    public required string ReleaseName { get; init; }

    /// <summary>Name of the backend's objects, such as <c>langsmith-backend</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that the values name; null for the one that Helm is told.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name of the service account.</summary>
    public required string AccountName { get; init; }

    /// <summary>Whether the chart makes the service account. Otherwise it is there already, or has to be made by somebody else.</summary>
    public bool IsAccountOfChart { get; init; } = true;

    /// <summary>Annotations of the service account that the chart makes.</summary>
    public DocumentMap? AccountAnnotations { get; init; }

    /// <summary>Labels, without the one of the component, by which the backend's Service, Deployment and disruption budget tell their pods.</summary>
    public required DocumentMap Labels { get; init; }

    /// <summary>Annotations, such as those for a service mesh.</summary>
    public DocumentMap? Annotations { get; init; }

    /// <summary>Where the connection lies.</summary>
    public required SecretReference Connection { get; init; }

    /// <summary>Whether the Secret of the connection comes with the release, and is not there before it.</summary>
    public bool IsSecretOfChart { get; init; }

    /// <summary>The schema.</summary>
    public string Schema { get; init; } = "public";

    /// <summary>Whether LangSmith verifies the server's certificate.</summary>
    public bool CustomTls { get; init; }

    /// <summary>Whose tokens log in; null for a password.</summary>
    public string? IamAuthProvider { get; init; }

    /// <summary>The CA certificates to trust; null for those of the image.</summary>
    public SecretReference? Authorities { get; init; }

    /// <summary>The client certificate; null for none.</summary>
    public SecretReference? ClientCertificate { get; init; }

    /// <summary>Its private key.</summary>
    public SecretReference? ClientKey { get; init; }

    /// <summary>The security context of the pods.</summary>
    public DocumentMap? SecurityContext { get; init; }

    /// <summary>Where the pods may run: <c>nodeSelector</c>, <c>affinity</c>, <c>tolerations</c>.</summary>
    public required DocumentMap Scheduling { get; init; }

    /// <summary>How the pods look up names; null as the cluster has it.</summary>
    public DocumentNode? Dns { get; init; }

    /// <summary>Credentials for registries of images.</summary>
    public DocumentNode? ImagePullSecrets { get; init; }

    /// <summary>Reads values.</summary>
    /// <param name="files">The values files, in the order of Helm's <c>-f</c>.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="releaseName">Name of the release.</param>
    /// <exception cref="PreflightException">The values do not configure an external PostgreSQL, or the schema's name has a variable in it.</exception>
    public static BackendPod From(IReadOnlyList<ValuesFile> files, LintChart chart, string releaseName)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var all = new EffectiveValues(files);
        var values = new LintInput(files, all, chart);
        if (!values.IsTrue(External.Enabled))
        {
            throw new PreflightException(
                PreflightProblemKind.NoExternalPostgres, $"The values do not configure an external PostgreSQL: {External.Enabled} is not true.",
                "Specify the output of New-LangSmithHelmValues, or all values files of the release with -Path.");
        }

        // Kubernetes puts other variables in its place, the connection with its password among them; and what is no schema is told in the log.
        var schema = values.Text(External.Root.Child("schema")) ?? "public";
        if (schema.Contains("$(", StringComparison.Ordinal))
        {
            throw new PreflightException(
                PreflightProblemKind.SchemaWithVariable, $"{External.Root.Child("schema")} contains '$(', which Kubernetes treats as the start of a variable reference.",
                $"Specify the name of the schema itself in {External.Root.Child("schema")}.");
        }

        var features = chart.Features;
        var fullName = FullName(values, releaseName);
        var name = $"{fullName}-{values.Text(ValuesPath.Of("backend.name")) ?? "backend"}";
        var existing = values.Text(External.ExistingSecretName);
        return new()
        {
            ReleaseName = releaseName,
            Name = name,
            Namespace = values.Text(new("namespace")),
            AccountName = AccountOf(values, name),
            IsAccountOfChart = IsAccountMade(values),
            AccountAnnotations = Map(Account.Child("annotations"))?.Or(Map(new("commonAnnotations"))) ?? Map(new("commonAnnotations")),
            Labels = DocumentMap.Of(
                    ("app.kubernetes.io/name", new DocumentText(Short(values.Text(new("nameOverride")) ?? DefaultName))),
                    ("app.kubernetes.io/instance", new DocumentText(releaseName)))
                .Or(Map(new("commonLabels"))).Or(Map(Deployment.Child("labels"))),
            Annotations = Map(Deployment.Child("annotations"))?.Or(Map(new("commonPodAnnotations"))) ?? Map(new("commonPodAnnotations")),
            Connection = new(existing ?? $"{fullName}-postgres", values.Text(External.SecretKey) ?? KubernetesSecret.DefaultConnectionKey),
            IsSecretOfChart = existing is null && !values.IsTrue(ValuesPath.Of("postgres.disableSecretCreation")),
            Schema = schema,
            CustomTls = values.IsTrue(External.CustomTls),
            IamAuthProvider = values.IamProvider,
            Authorities = Reference(External.CustomCaName, External.CustomCaKey, defaultKey: null),
            ClientCertificate = values.HasClientCertificate ? Reference(External.ClientCertificate, ClientCert.Child("certSecretKey"), MtlsSecret.DefaultCertificateKey) : null,
            ClientKey = values.HasClientCertificate ? Reference(External.ClientCertificate, ClientCert.Child("keySecretKey"), MtlsSecret.DefaultPrivateKeyKey) : null,
            SecurityContext = (Map(Deployment.Child("podSecurityContext")) ?? new([]))
                .Over(features.Contains(ChartFeature.CommonPodSecurityContext) ? Map(new("commonPodSecurityContext")) : null),
            Scheduling = DocumentMap.Of(((string[])["nodeSelector", "affinity", "tolerations"]).Select(key => (key, Filled(Deployment.Child(key))))),
            Dns = !chart.Has(CommonDns) ? null : all.All.Any(one => one.Value.Path.Equals(CommonDns)) ? Filled(CommonDns) : DefaultDns,
            ImagePullSecrets = Filled(ValuesPath.Of("images.imagePullSecrets")),
        };

        DocumentMap? Map(ValuesPath path) => all.ToDocument(path) as DocumentMap;

        // An empty map or list says nothing.
        DocumentNode? Filled(ValuesPath path) => all.ToDocument(path) is var node && node is DocumentMap { Entries.Count: 0 } or DocumentList { Items.Count: 0 } ? null : node;

        SecretReference? Reference(ValuesPath secret, ValuesPath key, string? defaultKey) =>
            values.Text(secret) is { } found && (values.Text(key) ?? defaultKey) is { } where ? new(found, where) : null;
    }

    static string FullName(LintInput values, string releaseName)
    {
        var name = values.Text(new("nameOverride")) ?? DefaultName;
        return Short(values.Text(new("fullnameOverride"))
            ?? (releaseName.Contains(name, StringComparison.Ordinal) ? releaseName : $"{releaseName}-{name}"));
    }

    static string AccountOf(LintInput values, string name)
    {
        var given = values.Text(Account.Child("name"));
        return IsAccountMade(values) ? Short(given ?? name) : given ?? "default";
    }

    static bool IsAccountMade(LintInput values) => values.Values.Find(Account.Child("create")) is not { Value.IsTrue: false };

    // Helm's "trunc 63 | trimSuffix".
    static string Short(string name)
    {
        var cut = name.Length > MostCharacters ? name[..MostCharacters] : name;
        return cut.EndsWith('-') ? cut[..^1] : cut;
    }
}
