using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LangSmithPg.Charts;

namespace LangSmithPg.Completion;

/// <summary>Offers the workloads of the chart version that the command names, the newest otherwise.</summary>
public sealed class ChartComponentCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var version = ChartVersion.TryParse(fakeBoundParameters["ChartVersion"]?.ToString(), out var given) && given >= ChartCatalogue.Oldest
            ? given
            : ChartCatalogue.Newest;
        return from workload in ChartCatalogue.For(version).Workloads
               where workload.Name.StartsWith(wordToComplete?.Trim('\'', '"') ?? "", StringComparison.OrdinalIgnoreCase)
               select new CompletionResult(workload.Name, workload.Name, CompletionResultType.ParameterValue, $"{workload.Kind}, {workload.EnabledWhen}");
    }
}
