using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LangSmithPg.Charts;

namespace LangSmithPg.Completion;

/// <summary>Offers the versions of the chart that are known, newest first.</summary>
public sealed class ChartVersionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from version in ChartCatalogue.Versions.Reverse()
        let text = version.ToString()
        where text.StartsWith(wordToComplete?.Trim('\'', '"') ?? "", StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(text);
}
