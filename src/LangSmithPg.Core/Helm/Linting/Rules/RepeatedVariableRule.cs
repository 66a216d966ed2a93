using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Environment variables that the chart sets itself: given once more, Helm fails.</summary>
sealed class RepeatedVariableRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        var set = Variables(input).ToHashSet(StringComparer.Ordinal);
        return from one in input.Values.All
               let keys = one.Value.Path.Keys
               where keys.Count >= 3 && keys[^1] == "name" && keys[^3] is "commonEnv" or "extraEnv" && set.Contains(one.Value.Text)
               select LintInput.At("Values.RepeatedVariable", FindingStatus.Fail, one.File, one.Value, $"The chart sets {one.Value.Text} itself.") with
               {
                   Why = "Helm fails: \"Duplicate keys detected\".",
                   Fix = "Remove it, and use the values below postgres.external.",
               };
    }

    static IEnumerable<string> Variables(LintInput input)
    {
        yield return "POSTGRES_DATABASE_URI";
        if (input.IsTrue(External.Enabled))
        {
            yield return "POSTGRES_SCHEMA";
            yield return "POSTGRES_TLS";
        }

        if (input.HasClientCertificate)
        {
            yield return "POSTGRES_TLS_CLIENT_CERT_PATH";
            yield return "POSTGRES_TLS_CLIENT_KEY_PATH";
        }

        if (input.IamProvider is not null)
        {
            yield return "POSTGRES_IAM_AUTH_PROVIDER";
        }

        if (input.Text(External.CustomCaName) is not null)
        {
            yield return "SSL_CERT_FILE";
        }
    }
}
