using LangSmithPg.Text;

namespace LangSmithPg.Connections.Parsing;

/// <summary>Finds out which form a text has and hands it to the reader of that form.</summary>
static class ConnectionStringParser
{
    // Far above any real connection string; keeps the work on a wrong file small.
    const int MaximumLength = 65_536;

    public static ConnectionResult Parse(string? text)
    {
        var draft = new ConnectionDraft();
        if (string.IsNullOrWhiteSpace(text))
        {
            draft.Diagnostics.Error(
                ConnectionProblem.EmptyText, null, "The connection string is empty.", "Give one as user:password@host:port/database.");
            return draft.Finish(format: null);
        }

        if (text.Length > MaximumLength)
        {
            draft.Diagnostics.Error(
                ConnectionProblem.TextTooLong, null, $"The text has {text.Length} characters; no connection string is that long.",
                "Check that the right file or variable was read.");
            return draft.Finish(format: null);
        }

        var inner = Trim(text);
        if (inner.Length < text.Length)
        {
            draft.Diagnostics.Warning(
                ConnectionProblem.SurroundingWhiteSpace, inner.Start > 0 ? new(0, inner.Start) : TextSpan.FromBounds(inner.End, text.Length),
                "White space stands around the connection string; Helm and Kubernetes would pass it on.", "Remove it.");
        }

        var format = Detect(text.AsSpan(inner.Start, inner.Length));
        switch (format)
        {
            case ConnectionStringFormat.KeyValue:
                KeyValueReader.Read(text, inner, draft);
                break;
            case ConnectionStringFormat.AdoNet:
                AdoNetReader.Read(text, inner, draft);
                break;
            default:
                UrlReader.Read(text, inner, draft);
                break;
        }

        return draft.Finish(format);
    }

    static ConnectionStringFormat Detect(ReadOnlySpan<char> text)
    {
        if (LeadingKeyword(text) is { } keyword)
        {
            var knownToLibpq = ParameterNames.IsKnown(keyword);
            if (AdoNetKeywords.IsKnown(keyword) && (!knownToLibpq || GoesOnWithSemicolon(text)))
            {
                return ConnectionStringFormat.AdoNet;
            }

            if (knownToLibpq)
            {
                return ConnectionStringFormat.KeyValue;
            }
        }

        return UrlReader.SchemeLength(text) > 0 ? ConnectionStringFormat.Url : ConnectionStringFormat.LangSmith;
    }

    // "host=a;port=1" is ADO.NET's, "host=a password='b;c'" and "password=b;c" are libpq's: behind ADO.NET's semicolon stands a keyword or nothing.
    static bool GoesOnWithSemicolon(ReadOnlySpan<char> text)
    {
        var value = text[(text.IndexOf('=') + 1)..].TrimStart();
        if (!value.IsEmpty && value[0] is '\'' or '"')
        {
            var quote = value[0];
            var close = value[1..].IndexOf(quote);
            value = close < 0 ? [] : value[(close + 2)..];
        }

        var semicolon = value.IndexOf(';');
        return semicolon >= 0
            && (value[(semicolon + 1)..].IsWhiteSpace() || (LeadingKeyword(value[(semicolon + 1)..]) is { } next && AdoNetKeywords.IsKnown(next)));
    }

    // "Host" of "Host=…": what stands before the first equals sign, if it could be a keyword at all.
    static string? LeadingKeyword(ReadOnlySpan<char> text)
    {
        var equals = text.IndexOf('=');
        if (equals is <= 0 or > 40)
        {
            return null;
        }

        var keyword = text[..equals].Trim();
        foreach (var character in keyword)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not (' ' or '_'))
            {
                return null;
            }
        }

        return keyword.ToString();
    }

    // A byte order mark is not white space to .NET, but is what Windows editors put in front.
    static TextSpan Trim(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsTrimmed(text[start]))
        {
            start++;
        }

        while (end > start && IsTrimmed(text[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }

    internal static bool IsTrimmed(char character) => char.IsWhiteSpace(character) || character == '\uFEFF';
}
