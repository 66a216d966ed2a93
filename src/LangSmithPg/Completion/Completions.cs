using System.Management.Automation;
using System.Management.Automation.Language;
using LangSmithPg.Common;

namespace LangSmithPg.Completion;

/// <summary>What a completer offers: names that begin as the word does, quoted where PowerShell would read them otherwise.</summary>
static class Completions
{
    public static IEnumerable<CompletionResult> Of(IEnumerable<(string Name, string Tooltip)> all, string? word)
    {
        var begun = (word ?? "").Trim('\'', '"');
        return from one in all
               where one.Name.StartsWith(begun, StringComparison.OrdinalIgnoreCase) && IsVisible(one.Name)
               select new CompletionResult(Quoted(one.Name), one.Name, CompletionResultType.ParameterValue, one.Tooltip.Length > 0 ? VisibleText.Of(one.Tooltip) : one.Name);
    }

    // A server may have any: one that would steer the terminal is not put at its prompt.
    static bool IsVisible(string name) => VisibleText.Line(name) == name;

    static string Quoted(string name) =>
        name.Length > 0 && name.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.') && !name.StartsWith('-')
            ? name
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
