using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LangSmithPg.Completion;

/// <summary>Offers the regions of AWS, or the profiles that this machine has for it.</summary>
public sealed class AwsNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(parameterName == "Region" ? Cloud.AwsNames.Regions : Cloud.AwsNames.Profiles, wordToComplete);
}
