using System.Text.RegularExpressions;

namespace LangSmithPg.Iam;

/// <summary>What the name of a cloud's server says of where it is.</summary>
static partial class CloudHosts
{
    /// <summary>The region of a server of RDS or Aurora; null for any other name, such as an alias.</summary>
    public static string? AwsRegionOf(string host) => RdsHost().Match(host) is { Success: true } match ? match.Groups["region"].Value : null;

    /// <summary>The cloud of a server of Azure; the public one for any other name.</summary>
    public static AzureCloud AzureCloudOf(string host) =>
        host.EndsWith(".usgovcloudapi.net", StringComparison.OrdinalIgnoreCase) ? AzureCloud.AzureUSGovernment
        : host.EndsWith(".chinacloudapi.cn", StringComparison.OrdinalIgnoreCase) ? AzureCloud.AzureChinaCloud
        : AzureCloud.AzureCloud;

    // Source: docs.aws.amazon.com, "Regions, Availability Zones, and Local Zones", and the endpoints of China.
    [GeneratedRegex(@"\.(?<region>[a-z]{2}(-[a-z]+)+-[0-9])\.rds\.amazonaws\.com(\.cn)?\.?\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex RdsHost();
}
