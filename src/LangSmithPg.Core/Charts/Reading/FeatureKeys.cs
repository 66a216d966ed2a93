namespace LangSmithPg.Charts.Reading;

/// <summary>The keys of the values that show what a chart can do. What is not here, only its version or a template shows.</summary>
static class FeatureKeys
{
    public static IReadOnlyList<(ChartFeature Feature, string Path)> All { get; } =
    [
        (ChartFeature.CustomCa, "config.customCa"), (ChartFeature.ClientCertificate, "postgres.external.clientCert"),
        (ChartFeature.CommonPodSecurityContext, "commonPodSecurityContext"), (ChartFeature.IamAuthProvider, "postgres.external.iamAuthProvider"),
        (ChartFeature.SkipValidation, "config.skipValidation"),
    ];
}
