namespace LangSmithPg.Charts;

/// <summary>Something that the chart can do from a version on.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Since">The first version for which it is documented or works.</param>
public sealed record ChartFeature(string Name, ChartVersion Since)
{
    /// <summary>Client certificates for PostgreSQL. The chart has the keys since 0.12.28, but LangSmith documents them from 0.12.29 on.</summary>
    public static ChartFeature ClientCertificate { get; } = new("A client certificate for PostgreSQL", ChartVersion.Parse("0.12.29"));

    /// <summary>A cloud identity in place of a password. The chart has the key <c>iamAuthProvider</c> since 0.12.34; before, it is passed over in silence.</summary>
    public static ChartFeature IamAuthentication { get; } = new("IAM authentication with PostgreSQL", ChartVersion.Parse("0.12.34"));

    /// <summary>One security context for all pods (<c>commonPodSecurityContext</c>).</summary>
    public static ChartFeature CommonPodSecurityContext { get; } = new("commonPodSecurityContext", ChartVersion.Parse("0.12.28"));

    /// <summary>Whether a version has it.</summary>
    /// <param name="version">The version.</param>
    public bool IsIn(ChartVersion version) => version >= Since;
}
