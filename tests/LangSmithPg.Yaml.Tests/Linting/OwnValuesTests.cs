using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Iam;
using LangSmithPg.Kubernetes;
using LangSmithPg.Yaml.Linting;

namespace LangSmithPg.Yaml.Tests.Linting;

/// <summary>Everything that this module writes for a version of the chart, held against that version: nothing of it fails.</summary>
public sealed class OwnValuesTests
{
    static readonly ChartVersion ClientCertificatesSince = new("0.12.29");

    static readonly WorkloadIdentity?[] Identities =
    [
        null,
        WorkloadIdentity.Aws("arn:aws:iam::123456789012:role/langsmith"),
        WorkloadIdentity.Gcp("langsmith@project.iam.gserviceaccount.com"),
        WorkloadIdentity.Azure("11111111-2222-3333-4444-555555555555"),
    ];

    public static TheoryData<string> Releases => [.. ChartCatalogue.Releases.Select(one => one.From.ToString())];

    [Theory]
    [MemberData(nameof(Releases))]
    public void Nothing_that_this_module_writes_fails(string from)
    {
        var release = ChartCatalogue.For(new(from));
        var written = 0;
        foreach (var values in All(release))
        {
            var file = ValuesFileReader.Read("values.yaml", YamlText.Write(values.ToDocument()));
            foreach (var version in release.Versions)
            {
                var report = ValuesLint.Evaluate([file], LintChart.Of(version));
                Assert.True(report.IsValid, $"{version}: {string.Join('\n', report.Findings)}\n{values}");
                Assert.DoesNotContain(report.Findings, one => one.Id is "Values.IamIdentity" or "Values.IamAccount" or "Values.UnknownKey" or "Values.FsGroup" or "Values.CustomTls");
                written++;
            }
        }

        Assert.True(written >= release.Versions.Count * 4);
    }

    // Password or token; a Secret or the values; the system's authorities, own ones, a client certificate; a group for all pods or each.
    static IEnumerable<HelmValues> All(ChartRelease release) =>
        from identity in Identities
        where identity is null || release.Features.Contains(ChartFeature.IamAuthProvider)
        from isInValues in (bool[])[false, true]
        from mount in (string[])["", "system", "ca", "mtls", "mtls per pod"]
        where !mount.StartsWith("mtls", StringComparison.Ordinal) || release.From >= ClientCertificatesSince
        from isCommon in identity is null ? (bool[])[false] : [false, true]
        select Write(release, identity, isInValues, mount, isCommon);

    static HelmValues Write(ChartRelease release, WorkloadIdentity? identity, bool isInValues, string mount, bool isCommon)
    {
        var connection = PgConnectionString.Parse($"{(identity is null ? "u:p" : "u")}@db.example.com/langsmith?sslmode={(mount.Length == 0 ? "require" : "verify-full&sslrootcert=system")}").Require();
        connection = identity is null ? connection : connection.With(identity.Provider, schema: null).Require();
        var values = isInValues ? ConnectionValues.WithConnectionUrl(connection) : ConnectionValues.ForSecret(connection, "postgres-secret");
        if (mount.StartsWith("mtls", StringComparison.Ordinal))
        {
            values = values.With(ValuesPath.Of("postgres.external.customTls"), true).With(ValuesPath.Of("postgres.external.clientCert.secretName"), "postgres-mtls-secret")
                .With(ValuesPath.Of("postgres.external.clientCert.certSecretKey"), MtlsSecret.DefaultCertificateKey)
                .With(ValuesPath.Of("postgres.external.clientCert.keySecretKey"), MtlsSecret.DefaultPrivateKeyKey);
            values = mount.EndsWith("pod", StringComparison.Ordinal)
                ? PodSecurityValues.ForComponents(values, 1000, release.CertificateReaders)
                : PodSecurityValues.ForAll(values, 1000);
        }
        else if (mount == "ca")
        {
            values = values.With(ValuesPath.Of("postgres.external.customTls"), true).With(ValuesPath.Of("config.customCa.secretName"), "langsmith-ca")
                .With(ValuesPath.Of("config.customCa.secretKey"), CaSecret.DefaultKey);
        }

        return identity is null ? values
            : isCommon ? IamValues.ForAll(values, identity, release.Components)
            : IamValues.ForComponents(values, identity, release.Components);
    }
}
