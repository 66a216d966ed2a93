using System.Management.Automation.Language;

namespace LangSmithPg.Tests.Help;

/// <summary>Holds PowerShell code in a text against the module, without running it.</summary>
static class CommandCheck
{
    /// <summary>What is wrong with it: syntax, and cmdlets or parameters of this module that do not exist.</summary>
    public static IEnumerable<string> Faults(string code)
    {
        var tree = Parser.ParseInput(code, out _, out var errors);
        foreach (var error in errors)
        {
            yield return error.ToString();
        }

        foreach (var command in tree.FindAll(one => one is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (command.GetCommandName() is not { } name || !name.Contains("-LangSmith", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!Cmdlets.All.TryGetValue(name, out var cmdlet))
            {
                yield return $"{name} does not exist.";
                continue;
            }

            foreach (var parameter in command.CommandElements.OfType<CommandParameterAst>().Select(one => one.ParameterName))
            {
                if (!cmdlet.Parameters.ContainsKey(parameter) && !cmdlet.Parameters.Values.Any(one => one.Aliases.Contains(parameter, StringComparer.OrdinalIgnoreCase)))
                {
                    yield return $"{name} has no -{parameter}.";
                }
            }
        }
    }
}
