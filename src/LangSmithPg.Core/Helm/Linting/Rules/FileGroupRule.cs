using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Whether the pods may read the key of the client certificate, which is mounted for root and a group.</summary>
sealed class FileGroupRule : IValuesRule
{
    const string Group = "fsGroup";

    static readonly ValuesPath Common = new("commonPodSecurityContext", Group);

    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        if (!input.HasClientCertificate)
        {
            yield break;
        }

        var without = input.Chart.Workloads
            .Where(one => one.MountsClientCertificate && input.Chart.IsOn(one, input.Values) is not false && !HasGroup(input, one))
            .Select(one => one.Name).ToList();
        if (without.Count > 0)
        {
            yield return input.Finding(
                "Values.FsGroup", FindingStatus.Fail, External.ClientCertificate, $"The client certificate's key cannot be read by {string.Join(", ", without)}: they have no fsGroup.") with
            {
                Why = "The key is mounted with mode 0640 for root and the pod's group.",
                Fix = "Set commonPodSecurityContext.fsGroup: 1000 (Set-LangSmithPodSecurityContext).",
                Repair = input.Chart.Features.Contains(ChartFeature.CommonPodSecurityContext) && input.Values.Find(Common) is null
                    ? PodSecurityValues.ForAll(HelmValues.Empty, PodSecurityValues.DefaultGroup)
                    : null,
            };
        }
    }

    // The templates take a component's 0 for nothing, so that the common value holds.
    static bool HasGroup(LintInput input, ChartComponent component) =>
        IsGroup(input.Text(component.PodSecurityContext.Child(Group))) || IsGroup(input.Text(Common));

    static bool IsGroup(string? text) => text is not (null or "0");
}
