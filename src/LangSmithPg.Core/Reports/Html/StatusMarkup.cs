using LangSmithPg.Common;

namespace LangSmithPg.Reports.Html;

/// <summary>A status as the page shows it: a symbol, a word, and a color.</summary>
static class StatusMarkup
{
    /// <summary>The class that sets the color.</summary>
    public static string Class(this FindingStatus status) => status switch
    {
        FindingStatus.Fail => "fail",
        FindingStatus.Warning => "warn",
        FindingStatus.Unknown => "unknown",
        FindingStatus.Pass => "pass",
        _ => "na",
    };

    /// <summary>The symbol alone, where the word is beside it.</summary>
    public static Markup Sign(this FindingStatus status) =>
        Markup.Of($"""<span class="sign {status.Class()}" aria-hidden="true">{Character(status)}</span>""");

    /// <summary>The symbol, with the word for screen readers.</summary>
    public static Markup SpokenSign(this FindingStatus status) =>
        Markup.Of($"""{status.Sign()}<span class="spoken">{status.Name()}</span>""");

    /// <summary>The symbol of what is accepted, whatever its status.</summary>
    public static Markup AcceptedSign() => Markup.Of($"""<span class="sign na" aria-hidden="true">~</span>""");

    public static Markup VerdictSign(bool isReady) => (isReady ? FindingStatus.Pass : FindingStatus.Fail).Sign();

    // Characters that every system's font has.
    static string Character(FindingStatus status) => status switch
    {
        FindingStatus.Fail => "×",
        FindingStatus.Warning => "!",
        FindingStatus.Unknown => "?",
        FindingStatus.Pass => "✓",
        _ => "–",
    };
}
