namespace LangSmithPg.Reports.Html;

/// <summary>
/// HTML that may be written as it is. It is made by interpolation: the text around the holes is ours, and whatever goes into a hole
/// is escaped unless it is markup itself. So there is nothing to forget.
/// </summary>
readonly struct Markup
{
    readonly string? _text;

    Markup(string text) => _text = text;

    public static Markup Of(MarkupHandler text) => new(text.ToString());

    /// <summary>For what is neither a value nor a template: the style sheet and the script.</summary>
    public static Markup Trusted(string text) => new(text);

    public override string ToString() => _text ?? "";
}
