using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LangSmithPg.Completion;

/// <summary>Offers the regions of AWS.</summary>
public sealed class AwsRegionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(Cloud.AwsNames.Regions, wordToComplete);
}
