using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>A login by a cloud's token, and what does not go with it.</summary>
sealed class IamLoginRule : IValuesRule
{
    static readonly string[] Providers = [.. Enum.GetNames<IamAuthProvider>().Select(name => name.ToLowerInvariant())];

    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        if (input.IamProvider is not { } provider || Placeholder.IsIn(provider))
        {
            yield break;
        }

        if (!Providers.Contains(provider))
        {
            // Any other value may be a password from an adjacent line.
            var known = Providers.FirstOrDefault(one => one.Equals(provider, StringComparison.OrdinalIgnoreCase));
            yield return input.Finding(
                "Values.IamProvider", FindingStatus.Fail, IamValues.Provider, $"The iamAuthProvider{(known is null ? "" : $" {provider}")} is not valid: it must be one of {string.Join(", ", Providers)}.") with
            {
                Why = "The chart passes on any value.",
                Fix = known is null ? "Specify the cloud provider whose tokens the pods get." : $"Write it in lowercase: {known}.",
                Repair = known is null ? null : HelmValues.Empty.With(IamValues.Provider, known),
            };
        }

        var database = new DatabaseValues(input, External.Root);
        if (database.Connection is { HasPassword: true } || database.HostName is not null)
        {
            yield return input.Finding("Values.IamPassword", FindingStatus.Fail, database.Place, "The pods log in with a token, but the connection has a password.") with
            {
                Why = "A connection that is specified in parts always has a password: if none is set, the chart uses postgres.",
                Fix = "Use a connection without a password (New-LangSmithPgConnectionString -IamAuthProvider).",
            };
        }

        if (database.IsInValues && database.Connection is { SslMode: null or < SslMode.Require })
        {
            yield return input.Finding("Values.IamTls", FindingStatus.Fail, database.Place, "A login with a token requires TLS, but the connection does not request it.") with
            {
                Why = "The token is sent as a password in clear text, and every cloud provider refuses this without TLS.",
                Fix = "Add sslmode=require, or better verify-full.",
            };
        }
    }
}
