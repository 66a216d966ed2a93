using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LangSmithPg.Binding;
using LangSmithPg.Charts;

namespace LangSmithPg.Completion;

/// <summary>Offers the workloads that the command can do something for, of the chart version that it names, the newest stable one otherwise.</summary>
public sealed class ChartComponentCompleter : IArgumentCompleter
{
    const string PodSecurityContext = "Set-LangSmithPodSecurityContext";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var version = ChartVersionTextAttribute.Read(fakeBoundParameters["ChartVersion"]?.ToString()) is { } given && given >= ChartCatalogue.Oldest
            ? given
            : ChartCatalogue.NewestStable;
        var release = ChartCatalogue.For(version);
        return Completions.Of(
            (commandName == PodSecurityContext ? release.CertificateReaders : release.Components).Select(workload => (workload.Name, Describe(workload))), wordToComplete);
    }

    static string Describe(ChartComponent workload) =>
        $"{workload.Kind}{(workload.Hook is { } hook ? $" ({hook})" : "")}, enabled: {workload.EnabledWhen}{(workload.OnByDefault == false ? "; off by default" : "")}";
}
