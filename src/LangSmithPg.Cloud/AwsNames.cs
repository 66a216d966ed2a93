using Amazon;

namespace LangSmithPg.Cloud;

/// <summary>Names that AWS's own tools know, for who is about to write one. Nothing is asked of AWS.</summary>
static class AwsNames
{
    /// <summary>The regions, with what they are called.</summary>
    public static IEnumerable<(string Name, string About)> Regions => RegionEndpoint.EnumerableAllRegions.Select(region => (region.SystemName, region.DisplayName));

    /// <summary>The profiles of this machine's configuration, with their regions.</summary>
    public static IEnumerable<(string Name, string About)> Profiles =>
        AwsTokens.Profiles().ListProfiles().Select(profile => (profile.Name, profile.Region?.SystemName ?? "")).Distinct();
}
