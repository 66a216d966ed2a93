using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using LangSmithPg.Common;

namespace LangSmithPg.Reports.Html;

/// <summary>Puts the parts of a template together: see <see cref="Markup"/>.</summary>
[InterpolatedStringHandler]
readonly struct MarkupHandler(int literalLength, int formattedCount)
{
    const int TypicalValue = 32;

    readonly StringBuilder _text = new(literalLength + (formattedCount * TypicalValue));

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(string? value) => _text.Append(WebUtility.HtmlEncode(VisibleText.Of(value ?? "")));

    public void AppendFormatted(int value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Markup markup) => _text.Append(markup);

    public void AppendFormatted(IEnumerable<Markup> markup) => _text.AppendJoin("", markup);

    public override string ToString() => _text.ToString();
}
