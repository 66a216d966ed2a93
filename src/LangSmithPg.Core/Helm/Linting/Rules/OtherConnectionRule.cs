using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>How the chart's other databases are reached, where the values say so: their address, their URL and their login by token.</summary>
sealed class OtherConnectionRule : IValuesRule
{
    static readonly string[] Scaled = ["apiServer", "queue"];

    static readonly string[] Providers = [.. Enum.GetNames<IamAuthProvider>().Select(name => name.ToLowerInvariant())];

    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        foreach (var other in input.Chart.OtherDatabases)
        {
            // The chart checks the agents' providers whether they are on or not.
            var isOn = input.IsOn(other);
            var findings = LintInput.IsAgent(other) ? [.. Provider(input, other), .. isOn ? Agent(input, other) : []]
                : isOn && other.Path.Equals(SmithDbValues.Metastore) ? [.. Provider(input, other), .. SmithDb(input, other)]
                : (IEnumerable<ValuesFinding>)[];
            foreach (var finding in findings)
            {
                yield return finding;
            }
        }
    }

    static IEnumerable<ValuesFinding> Provider(LintInput input, ChartDatabase other)
    {
        if (IamOf(input, other) is not var (path, provider) || Placeholder.IsIn(provider) || Providers.Contains(provider))
        {
            yield break;
        }

        var known = Providers.FirstOrDefault(one => one.Equals(provider, StringComparison.OrdinalIgnoreCase));
        yield return input.Finding("Values.IamProvider", FindingStatus.Fail, path, $"{path} must be one of {string.Join(", ", Providers)}.") with
        {
            Why = LintInput.IsAgent(other) ? "Helm fails: the chart checks for it." : "The chart passes on any value, but SmithDB does not start with this one.",
            Fix = known is null ? "Specify the cloud provider whose tokens the pods get." : $"Write it in lowercase: {known}.",
            Repair = known is null ? null : HelmValues.Empty.With(path, known),
        };
    }

    static IEnumerable<ValuesFinding> Agent(LintInput input, ChartDatabase other)
    {
        var database = new DatabaseValues(input, other.Path);
        if (!database.IsExternal)
        {
            yield break;
        }

        if (database is { SecretName: null, Url: null, HostName: null })
        {
            yield return input.Finding("Values.NoConnection", FindingStatus.Fail, other.Path.Child("enabled"), $"{other.Path} has no address: Helm fails.") with
            {
                Why = "The chart requires a host, a connectionUrl or an existingSecretName.",
                Fix = $"Set {other.Path.Child("existingSecretName")} to the name of a Secret with the key {KubernetesSecret.AgentConnectionKey}.",
            };
            yield break;
        }

        if (database.Url is { } url && !Placeholder.IsIn(url))
        {
            foreach (var finding in Url(input, database, url))
            {
                yield return finding;
            }
        }

        if (IamOf(input, other) is null)
        {
            yield break;
        }

        if (database.HostName is not null)
        {
            yield return input.Finding("Values.IamTls", FindingStatus.Fail, database.Place, "A login with a token requires TLS, but a connection that is specified in parts gets sslmode=disable.") with
            {
                Why = "The token is sent as a password in clear text, and every cloud provider refuses this without TLS.",
                Fix = $"Use {other.Path}.connectionUrl or existingSecretName, with a URL that has sslmode=require or verify-full and no password.",
            };
        }
        else if (database.Connection is { HasPassword: true })
        {
            yield return input.Finding("Values.IamPassword", FindingStatus.Fail, database.Place, "The pods log in with a token, but the connection has a password.") with
            {
                Why = "The cloud provider requires the token as the password.",
                Fix = "Use a connection without a password.",
            };
        }

        foreach (var finding in Scaling(input, other))
        {
            yield return finding;
        }
    }

    // Its trigger reads the URL of the pods (connectionFromEnv), and gets no token.
    static IEnumerable<ValuesFinding> Scaling(LintInput input, ChartDatabase other)
    {
        foreach (var scaled in Scaled.Select(part => new ValuesPath(other.Path.Keys[0], part, "autoscaling")))
        {
            var keda = scaled.Child("keda").Child("enabled");
            if (input.IsTrue(scaled.Child("enabled")) && input.IsTrue(keda))
            {
                yield return input.Finding("Values.KedaLogin", FindingStatus.Warning, keda, "KEDA cannot log in to this database, because it does not get a token.") with
                {
                    Why = "The chart makes KEDA query the database with the URL of the pods, which has no password. The pods are then not scaled by the length of the queue.",
                    Fix = $"Set {keda} to false: the pods are then scaled by CPU and memory. Or use a connection with a password.",
                };
            }
        }
    }

    // These pods take the text as it is: nothing puts a scheme in front, as there is for LangSmith's own connection.
    static IEnumerable<ValuesFinding> Url(LintInput input, DatabaseValues database, string url)
    {
        var meant = PgConnectionString.Parse(url);
        if (meant.Connection is null)
        {
            foreach (var error in meant.Errors)
            {
                yield return input.Finding("Values.ConnectionUrl", FindingStatus.Fail, database.Place, error.Message) with { Why = $"The problem is at {error.Span} of the value.", Fix = error.Fix };
            }

            yield break;
        }

        if (meant.Format != ConnectionStringFormat.Url)
        {
            yield return input.Finding("Values.ConnectionUrl", FindingStatus.Fail, database.Place, "The connection does not begin with postgresql:// or postgres://.") with
            {
                Why = "The pods of this database use the value unchanged. A scheme is added only to LangSmith's own connection.",
                Fix = "Write it as postgresql://user:password@host:port/database?parameters.",
            };
        }

        if (meant.Connection is { SslMode: null or < SslMode.Require })
        {
            yield return input.Finding("Values.NoSslMode", FindingStatus.Warning, database.Place, "The connection does not request TLS.") with
            {
                Why = "The password and all data may be sent over the network in clear text.",
                Fix = "Add ?sslmode=require, or better verify-full.",
            };
        }
    }

    static IEnumerable<ValuesFinding> SmithDb(LintInput input, ChartDatabase other)
    {
        var secret = SmithDbValues.SecretName;
        if (input.Text(secret) is null)
        {
            yield return input.AtMissing("Values.NoConnection", FindingStatus.Fail, secret, $"SmithDB has no database: {secret} is not set, and Helm fails.") with
            {
                Why = "SmithDB keeps its catalog in a separate PostgreSQL, which the chart does not install.",
                Fix = $"Set {secret} to the name of a Secret, and below {other.Path} the names of its keys.",
            };
        }
        else if (SmithDbValues.RequiredKeyNames(input).Select(other.Path.Child).Where(path => input.Text(path) is null).ToList() is [var first, ..] missing)
        {
            yield return input.AtMissing(
                "Values.NoConnection", FindingStatus.Fail, first, $"The connection of SmithDB is not complete: {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not set.") with
            {
                Why = input.SkipsValidation ? "Helm renders a reference to a key without a name, which Kubernetes rejects." : "Helm fails: the chart checks for it.",
                Fix = $"Set {(missing.Count == 1 ? "it to the name of the key" : "each to the name of a key")} in the Secret, as New-LangSmithHelmValues -Purpose {DatabasePurpose.SmithDbMetastore} does.",
            };
        }

        var useSsl = other.Path.Child("useSsl");
        if (IamOf(input, other) is not null && !input.IsTrue(useSsl))
        {
            yield return input.AtMissing("Values.IamTls", FindingStatus.Fail, useSsl, $"A login with a token requires TLS, but {useSsl} is not true: Helm fails.") with
            {
                Why = "The token is sent as a password in clear text, and every cloud provider refuses this without TLS.",
                Fix = $"Set {useSsl} to true.",
                Repair = HelmValues.Empty.With(useSsl, true),
            };
        }
    }

    static (ValuesPath Path, string Provider)? IamOf(LintInput input, ChartDatabase other) =>
        other.IamKey is { } key && other.Path.Child(key) is var path && input.Text(path) is { } provider ? (path, provider) : null;
}
