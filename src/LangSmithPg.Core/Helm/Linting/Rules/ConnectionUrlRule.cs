using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>What LangSmith's drivers make of <c>connectionUrl</c>, which the chart passes on as it is.</summary>
sealed class ConnectionUrlRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        if (new DatabaseValues(input, External.Root).Url is not { } url || Placeholder.IsIn(url))
        {
            yield break;
        }

        var meant = PgConnectionString.Parse(url);
        var faults = meant.Connection is null
            ? meant.Errors.Select(error => (error.Message, error.Span, error.Fix))
            : DriverCheck.Evaluate(url).Where(verdict => verdict.Outcome != DriverOutcome.Accepted && !IsTranslated(verdict, input, meant.Connection))
                .Select(verdict => (verdict.Message, verdict.Span, verdict.Fix!)).DistinctBy(verdict => verdict.Item3);
        foreach (var (message, span, fix) in faults)
        {
            yield return input.Finding("Values.ConnectionUrl", FindingStatus.Fail, External.ConnectionUrl, message) with
            {
                Why = span is { } at ? $"The problem is at {at} of the value." : null,
                Fix = fix,
            };
        }

        if (meant.Connection is { SslMode: null or < SslMode.Require })
        {
            yield return input.Finding("Values.NoSslMode", FindingStatus.Warning, External.ConnectionUrl, "The connection does not request TLS.") with
            {
                Why = "The password and all data may be sent over the network in clear text.",
                Fix = "Add ?sslmode=require, or better verify-full.",
            };
        }
    }

    // With customTls, LangSmith takes sslrootcert=system for itself: it documents that form, and its drivers do not get it. Source:
    // LangSmith documentation, "Connect to an external PostgreSQL database", and the chart's examples/mtls_config.yaml.
    static bool IsTranslated(DriverVerdict verdict, LintInput input, PgConnectionString connection) =>
        verdict is { Driver: PgDriver.Asyncpg, Outcome: DriverOutcome.Refused } && connection.UsesSystemRootCertificate && input.IsTrue(External.CustomTls)
        && verdict.Message.Contains(AsyncpgOptions.NoFileOfRoots, StringComparison.Ordinal);
}
