using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Who runs the server, and what follows from it.</summary>
sealed class ProviderRule : IReadinessRule
{
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var found = input.Facts.Provider;
        var named = ServerProviders.FromHostName(input.Connection.HostName);
        var disagree = named != ServerProvider.Unknown && found != ServerProvider.Unknown && !SameFamily(named, found);
        var provider = found == ServerProvider.Unknown ? named : found;
        yield return input.Finding("Server.Provider", disagree ? FindingStatus.Warning : FindingStatus.Pass,
            disagree ? $"The host name indicates {named.DisplayName()}, but the server itself indicates {found.DisplayName()}."
            : provider == ServerProvider.Unknown ? "No cloud provider was recognized: the server is self-managed, or its provider cannot be detected."
            : $"The server runs on {provider.DisplayName()}.{Implication(provider)}") with
        {
            Evidence = input.Facts.ProviderRoles.Count == 0 ? null : string.Join(", ", input.Facts.ProviderRoles),
            Why = "Extensions, superuser rights and IAM differ between providers.",
            Fix = disagree ? "Check that the host name belongs to the intended server." : null,
        };
    }

    // Aurora's instance endpoints are named like those of RDS.
    static bool SameFamily(ServerProvider one, ServerProvider other) =>
        one == other || (IsAmazon(one) && IsAmazon(other));

    static bool IsAmazon(ServerProvider provider) => provider is ServerProvider.AmazonRds or ServerProvider.AmazonAurora;

    static string Implication(ServerProvider provider) => provider switch
    {
        ServerProvider.Azure => " Extensions must be on the list azure.extensions before they can be created.",
        ServerProvider.AmazonRds or ServerProvider.AmazonAurora => " A member of rds_iam can log in only with IAM, not with a password.",
        ServerProvider.GoogleAlloyDb => " LangSmith's IAM login works with Cloud SQL, not with AlloyDB.",
        ServerProvider.AzureCosmosDb => " It is a Citus cluster, which LangSmith is not tested with.",
        _ => "",
    };
}
