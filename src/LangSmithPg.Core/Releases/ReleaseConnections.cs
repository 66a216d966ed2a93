using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Findings;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Releases;

/// <summary>Finds the connection of every database of a release, as its pods get it from the values and the Secrets.</summary>
static class ReleaseConnections
{
    // What the lint finds in a connection, wherever it stands.
    static readonly string[] OfConnections = ["Values.ConnectionUrl", "Values.NoSslMode", "Values.IamPassword", "Values.IamTls", "Values.SameDatabase"];

    static readonly Dictionary<string, string> MetastoreParts = new()
    {
        [SmithDbValues.HostKey] = "host", [SmithDbValues.DatabaseKey] = "database", [SmithDbValues.UserNameKey] = "user", [SmithDbValues.PasswordKey] = "password",
    };

    /// <summary>Finds them, and what is wrong with them; databases that are off are left out.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="files">The values files of the release, in the order of Helm's <c>-f</c>; at least one.</param>
    /// <param name="secrets">The Secrets that are known.</param>
    public static IReadOnlyList<ResolvedDatabase> Find(LintChart chart, IReadOnlyList<ValuesFile> files, ReleaseSecrets secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        List<ReleaseDatabase> found = [.. ReleaseDatabases.Find(chart, files).Where(database => database.Location != DatabaseLocation.Off)];
        List<ValuesFile> resolved = [.. files, .. found.Select(secrets.AsValues).OfType<ValuesFile>()];
        var connections = ReleaseDatabases.Find(chart, resolved).ToDictionary(database => database.ValuesPath, database => database.Connection);
        var input = new LintInput(files, new(files), chart);
        List<ResolvedDatabase> databases = [.. found.Select(database => Resolve(input, database, connections.GetValueOrDefault(database.ValuesPath), secrets))];
        IReadOnlyList<ValuesFinding> lint = ValuesLint.Evaluate(files, chart).Findings;
        // What stands in a Secret, only the values with its connection in them show.
        IEnumerable<ValuesFinding> hidden = ValuesLint.Evaluate(resolved, chart).Findings
            .Where(finding => OfConnections.Contains(finding.Id) && !files.Any(file => file.Path == finding.Path));
        foreach (var finding in lint.Concat(hidden))
        {
            var owner = Math.Max(0, databases.FindIndex(database => database.Database.ValuesPath.Keys[0] == KeyOf(finding)));
            if (finding.Id == "Values.OtherDatabase" && databases[owner].Database.Location == DatabaseLocation.InCluster)
            {
                // Release.Location tells it.
                continue;
            }

            databases[owner] = databases[owner] with { Findings = [.. databases[owner].Findings, ToFinding(finding, databases[owner].Target)] };
        }

        return databases;
    }

    static string KeyOf(ValuesFinding finding) => finding.Key.Split('.')[0];

    static Finding ToFinding(ValuesFinding finding, string target) => new()
    {
        Id = finding.Id,
        Status = finding.Status,
        Target = target,
        Message = finding.Message,
        // Of a Secret, nothing but its name is told.
        Evidence = ReleaseSecrets.IsName(finding.Path) ? finding.Path : finding.Place,
        Why = finding.Why,
        Fix = finding.Fix,
    };

    static ResolvedDatabase Resolve(LintInput input, ReleaseDatabase database, PgConnectionString? connection, ReleaseSecrets secrets)
    {
        if (database.Location != DatabaseLocation.External)
        {
            return new(database, null, [NotExternal(database)]);
        }

        if (database.SecretName is not { } name)
        {
            return new(database, connection, connection is not null ? [] :
            [
                NotChecked(database, "The values do not contain the whole connection.", $"Specify {database.ValuesPath}.existingSecretName, and the Secret with -Secret."),
            ]);
        }

        if (secrets.Find(name) is not { } secret)
        {
            return new(database, null,
            [
                NotChecked(
                    database, $"The connection is in the Secret {name}, which was not specified.",
                    $"Specify it: -Secret (kubectl get secret {CommandArgument.ForAnyShell(name, "<name>")} -n <namespace> -o json)"),
            ]);
        }

        if (database.Purpose == DatabasePurpose.SmithDbMetastore
            && SmithDbValues.RequiredKeyNames(input).Any(key => input.Text(SmithDbValues.Metastore.Child(key)) is null && (key != SmithDbValues.UserNameKey || SmithDbValues.UserName(input) is null)))
        {
            return new(database, null, [NotChecked(database, $"The values do not name every key of the Secret {name}.", fix: null) with { CausedBy = "Values.NoConnection" }]);
        }

        var missing = MissingKeys(input, database, secret);
        if (missing.Count > 0)
        {
            return new(database, null,
            [
                NotChecked(database, $"The Secret {name} does not give the connection.", fix: null) with { CausedBy = "Release.Secret" },
                Found(database, "Release.Secret", FindingStatus.Fail, $"The Secret {name} lacks {string.Join(", ", missing)}.") with
                {
                    Evidence = secret.Entries.Count == 0 ? "It has no entries." : $"It has {string.Join(", ", secret.Entries.Select(entry => entry.Key))}.",
                    Why = "The pods that need the key do not start.",
                    Fix = $"Create the Secret anew: New-LangSmithPgSecret -Purpose {database.Purpose} -Name {name}",
                },
            ]);
        }

        var result = database.Purpose == DatabasePurpose.SmithDbMetastore ? ResolveMetastore(input, database, secret) : new(connection, Format: null, []);
        return new(database, result.Connection,
        [
            .. result.Connection is null ? [NotChecked(database, $"The Secret {name} does not contain a valid connection.", fix: null)] : (Finding[])[],
            .. result.Errors.Select(error => Found(database, "Release.Secret", FindingStatus.Fail, $"Secret {name}: {error.Message}") with { Fix = error.Fix }),
        ]);
    }

    static List<string> MissingKeys(LintInput input, ReleaseDatabase database, KubernetesSecret secret)
    {
        if (database.Purpose != DatabasePurpose.SmithDbMetastore)
        {
            return [.. database.SecretKeys.Where(key => ReleaseSecrets.Text(secret, key) is null).Select(key => $"key {key}")];
        }

        return
        [
            .. SmithDbValues.ReadKeyNames(input).Select(name => (What: MetastoreParts[name], Key: input.Text(SmithDbValues.Metastore.Child(name))!))
                .Where(part => ReleaseSecrets.Text(secret, part.Key) is null)
                .Select(part => $"key {part.Key} ({part.What})"),
        ];
    }

    // SmithDB gets parts, and the chart has the rest of them. Source: templates/_helpers.tpl of the chart.
    static ConnectionResult ResolveMetastore(LintInput input, ReleaseDatabase database, KubernetesSecret secret)
    {
        return PgConnectionString.FromParts(new()
        {
            HostName = Part(SmithDbValues.HostKey) ?? "",
            Port = int.TryParse(Value("port") ?? "5432", CultureInfo.InvariantCulture, out var port) ? port : 0,
            Database = Part(SmithDbValues.DatabaseKey) ?? "",
            UserName = SmithDbValues.UserName(input) ?? Part(SmithDbValues.UserNameKey) ?? "",
            // A token takes its place.
            Password = database.IamAuthProvider is null ? Secret.From(Part(SmithDbValues.PasswordKey)) : null,
            SslMode = input.IsTrue(SmithDbValues.Metastore.Child("useSsl")) ? SslMode.Require : SslMode.Disable,
            IamAuthProvider = database.IamAuthProvider,
            Purpose = DatabasePurpose.SmithDbMetastore,
        });

        string? Value(string key) => input.Text(SmithDbValues.Metastore.Child(key));

        string? Part(string key) => Value(key) is { } name ? ReleaseSecrets.Text(secret, name) : null;
    }

    static Finding NotExternal(ReleaseDatabase database) => database.Location == DatabaseLocation.InCluster
        ? Found(database, "Release.Location", FindingStatus.Warning, "The chart installs the PostgreSQL of this database in the cluster.") with
        {
            Why = "The chart's PostgreSQL has no backup, no replica and no TLS, and its default image is version 14, which the community no longer patches.",
            Fix = $"Use a server of yours: New-LangSmithPgSecret and New-LangSmithHelmValues with -Purpose {database.Purpose}. Or switch off what needs it ({database.EnabledWhen}).",
        }
        : Found(database, "Release.Location", FindingStatus.Unknown, "Whether this database is used depends on more than the values.");

    static Finding NotChecked(ReleaseDatabase database, string message, Remedy? fix) => Found(database, "Connection", FindingStatus.Unknown, message) with
    {
        Why = "Every pod that uses the database connects like this.",
        Fix = fix,
    };

    static Finding Found(ReleaseDatabase database, string id, FindingStatus status, string message) => new()
    {
        Id = id,
        Status = status,
        Target = ResolvedDatabase.TargetOf(database, null),
        Message = message,
        Source = DatabaseRequirements.Of(database.Purpose).Documentation,
    };
}
