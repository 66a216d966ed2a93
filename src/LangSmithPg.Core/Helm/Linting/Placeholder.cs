using System.Text.RegularExpressions;

namespace LangSmithPg.Helm.Linting;

/// <summary>Texts that another tool fills in before Helm reads them: SOPS, envsubst, vals, the vault plugin of Argo CD.</summary>
static partial class Placeholder
{
    public static bool IsIn(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"^ENC\[|\$\{|\{\{|^ref\+|<path:|^<[^<>]+>\z")]
    private static partial Regex Form();
}
