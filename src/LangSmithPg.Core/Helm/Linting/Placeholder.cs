using System.Text.RegularExpressions;

namespace LangSmithPg.Helm.Linting;

/// <summary>
/// Text that another tool fills in before Helm reads it: SOPS, envsubst, vals, the vault plugin of Argo CD, Azure Pipelines, Octopus and
/// their like. A variable without braces counts in capital letters alone, as a password may well hold a dollar sign.
/// </summary>
static partial class Placeholder
{
    public static bool IsIn(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"^ENC\[|\$\{|\{\{|^ref\+|<path:|^<[^<>]+>\z|\$\([^()]+\)|\$[A-Z_][A-Z0-9_]+|#\{[^{}]+\}|__[A-Za-z0-9][A-Za-z0-9_.-]*__")]
    private static partial Regex Form();
}
