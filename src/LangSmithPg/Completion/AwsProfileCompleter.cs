using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LangSmithPg.Completion;

/// <summary>Offers the profiles of AWS that this machine has.</summary>
public sealed class AwsProfileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(Cloud.AwsNames.Profiles, wordToComplete);
}
