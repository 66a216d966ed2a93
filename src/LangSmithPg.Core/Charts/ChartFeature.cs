namespace LangSmithPg.Charts;

/// <summary>What not every version of the chart can do.</summary>
public enum ChartFeature
{
    /// <summary>Mount a bundle of CA certificates: <c>config.customCa</c>.</summary>
    CustomCa,

    /// <summary>Mount a client certificate for PostgreSQL: <c>postgres.external.clientCert</c>.</summary>
    ClientCertificate,

    /// <summary>One security context for all pods: <c>commonPodSecurityContext</c>.</summary>
    CommonPodSecurityContext,

    /// <summary>Helm fails when <c>clientCert</c> is set without <c>customTls</c>.</summary>
    CustomTlsCheck,

    /// <summary>Log in to PostgreSQL with a cloud identity: <c>postgres.external.iamAuthProvider</c>.</summary>
    IamAuthProvider,

    /// <summary>Leave the chart's own checks out: <c>config.skipValidation</c>.</summary>
    SkipValidation,

    /// <summary>Helm fails when two of LangSmith's databases have the same connection text.</summary>
    UniqueUrlCheck,
}
