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
            // What else stands there may have slipped from the line of a password.
            var known = Providers.FirstOrDefault(one => one.Equals(provider, StringComparison.OrdinalIgnoreCase));
            yield return input.Finding(
                "Values.IamProvider", FindingStatus.Fail, IamValues.Provider, $"LangSmith knows no iamAuthProvider{(known is null ? " of this name" : $" {provider}")}: it is one of {string.Join(", ", Providers)}.") with
            {
                Why = "The chart passes any text on.",
                Fix = known is null ? "Write the cloud whose tokens the pods get." : $"Write it in lower case: {known}.",
                Repair = known is null ? null : HelmValues.Empty.With(IamValues.Provider, known),
            };
        }

        var database = new DatabaseValues(input, External.Root);
        if (database.Connection is { HasPassword: true } || database.HostName is not null)
        {
            yield return input.Finding("Values.IamPassword", FindingStatus.Fail, database.Place, "The pods log in with a token, and the connection has a password.") with
            {
                Why = "A connection in parts always has one: the chart's own, postgres, where none is set.",
                Fix = "Use a connection without a password (New-LangSmithPgConnectionString -IamAuthProvider).",
            };
        }

        if (database.IsInValues && database.Connection is { SslMode: null or < SslMode.Require })
        {
            yield return input.Finding("Values.IamTls", FindingStatus.Fail, database.Place, "A login by token needs TLS, and the connection does not ask for it.") with
            {
                Why = "The token crosses the network as a password in the clear; every cloud refuses that.",
                Fix = "Add sslmode=require, or better verify-full.",
            };
        }
    }
}
