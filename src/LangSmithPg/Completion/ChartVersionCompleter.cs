using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LangSmithPg.Charts;

namespace LangSmithPg.Completion;

/// <summary>Offers the versions of the chart that are known, newest first, with what is new in each.</summary>
public sealed class ChartVersionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(ChartCatalogue.Versions.Reverse().Select(version => (version.ToString(), string.Join("; ", Notable(version)))), wordToComplete);

    static IEnumerable<string> Notable(ChartVersion version)
    {
        yield return version == ChartCatalogue.Newest ? $"chart {version}, the newest known version"
            : version == ChartCatalogue.NewestStable ? $"chart {version}, the newest stable version; the default"
            : version.IsPrerelease ? $"chart {version}, a pre-release"
            : $"chart {version}";
        var release = ChartCatalogue.For(version);
        foreach (var feature in release.Features.Where(feature => ChartCatalogue.FirstWith(feature) == version).Order())
        {
            yield return $"the first version with {Describe(feature)}";
        }

        yield return $"{release.Components.Count()} components connect to PostgreSQL";
    }

    static string Describe(ChartFeature feature) => feature switch
    {
        ChartFeature.CustomCa => "custom CA certificates (config.customCa)",
        ChartFeature.ClientCertificate => "client certificates (postgres.external.clientCert)",
        ChartFeature.CommonPodSecurityContext => "commonPodSecurityContext",
        ChartFeature.CustomTlsCheck => "a check of customTls by the chart itself",
        ChartFeature.IamAuthProvider => "cloud identities (postgres.external.iamAuthProvider)",
        ChartFeature.SkipValidation => "config.skipValidation",
        _ => "a check by the chart itself that databases differ",
    };
}
