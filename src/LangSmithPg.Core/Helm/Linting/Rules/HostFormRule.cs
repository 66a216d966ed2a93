using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>The connection in parts, of which the chart makes <c>user:password@host:port/database</c> without any encoding.</summary>
sealed class HostFormRule : IValuesRule
{
    static readonly string[] Encoded = ["user", "password", "database"];

    public IEnumerable<ValuesFinding> Evaluate(LintInput input) =>
        input.AgentDatabases.Where(one => one.IsExternal).Prepend(new(input, External.Root)).SelectMany(one => Evaluate(input, one));

    static IEnumerable<ValuesFinding> Evaluate(LintInput input, DatabaseValues database)
    {
        if (database.HostName is not { } host)
        {
            yield break;
        }

        // Of the agents' databases, other rules say what is missing.
        var isOwn = database.Root.Equals(External.Root);
        foreach (var key in Encoded)
        {
            var path = database.Root.Child(key);
            if (database.Part(key) is not { } part)
            {
                if (!isOwn)
                {
                    continue;
                }

                yield return input.Finding("Values.DefaultPart", FindingStatus.Warning, database.Place, $"The connection has no {key}: the chart uses \"postgres\".") with
                {
                    Fix = $"Set {path}, or keep the connection in a Secret (New-LangSmithPgSecret).",
                };
            }
            else if (!Placeholder.IsIn(part) && NeedsEncoding(part))
            {
                yield return input.Finding("Values.UnencodedPart", FindingStatus.Fail, path, $"The {key} contains characters that have a special meaning in a URL.") with
                {
                    Why = "The chart puts the parts into a URL as they are: LangSmith would read another user, password or host.",
                    Fix = "Write it percent-encoded, or keep the connection in a Secret (New-LangSmithPgSecret), which is encoded.",
                    Repair = HelmValues.Empty.With(path, PercentEncoding.Encode(part), key == "password"),
                };
            }
        }

        if (PgConnectionString.FromParts(new() { HostName = host, Database = "postgres", UserName = "postgres" }).Errors.FirstOrDefault() is { } error && !Placeholder.IsIn(host))
        {
            yield return input.Finding("Values.UnencodedPart", FindingStatus.Fail, database.Place, $"The host is not valid: {error.Message}") with { Fix = error.Fix };
        }

        if (database.Part("port") is { } port && !Placeholder.IsIn(port) && !(int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535))
        {
            yield return input.Finding("Values.Port", FindingStatus.Fail, database.Root.Child("port"), "The port is not a number from 1 to 65535.") with
            {
                Why = "The chart puts it into the connection as it is.",
                Fix = "Set the server's port, such as \"5432\".",
            };
        }

        if (!isOwn)
        {
            yield break;
        }

        yield return input.Finding("Values.NoSslMode", FindingStatus.Warning, database.Place, "A connection that is specified in parts cannot request TLS.") with
        {
            Why = "The chart does not add an sslmode: the password and all data may be sent over the network in clear text.",
            Fix = "Use a Secret (New-LangSmithPgSecret, existingSecretName) or connectionUrl, with sslmode=require or verify-full.",
        };
    }

    // What is encoded already stays: %40 is not a percent sign.
    static bool NeedsEncoding(string part) => PercentEncoding.Encode(Uri.UnescapeDataString(part)) is var encoded
        && encoded != part && PercentEncoding.Encode(part) != part
        && !string.Equals(encoded, part, StringComparison.OrdinalIgnoreCase);
}
