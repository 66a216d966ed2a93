using System.Text.RegularExpressions;

namespace LangSmithPg.Common;

/// <summary>A value as one argument of a command that an admin pastes into a shell: whoever chose the value must not choose a command.</summary>
static partial class CommandArgument
{
    /// <summary>For PowerShell.</summary>
    /// <param name="value">The value.</param>
    public static string ForPowerShell(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Plain().IsMatch(value) ? value : $"'{SingleQuotes().Replace(value, "$0$0")}'";
    }

    /// <summary>For PowerShell, the shells of POSIX and that of Windows alike.</summary>
    /// <param name="value">The value.</param>
    /// <param name="placeholder">What stands in its place where it would need quotes, as there are none that all of them read the same.</param>
    public static string ForAnyShell(string value, string placeholder)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Plain().IsMatch(value) ? value : placeholder;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._:/@+-]*\z")]
    private static partial Regex Plain();

    // To PowerShell, typographic ones are quotes too. Source: about_Quoting_Rules, and its parser.
    [GeneratedRegex("['\u2018\u2019\u201A\u201B]")]
    private static partial Regex SingleQuotes();
}
