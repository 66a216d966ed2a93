using System.Text;
using LangSmithPg.Common;

namespace LangSmithPg.Connections.Parsing;

/// <summary>
/// Reads ADO.NET's <c>keyword=value;keyword=value</c>: values in single or double quotes, a doubled quote for the quote itself.
/// Source: .NET documentation, "Connection String Syntax".
/// </summary>
static class AdoNetParser
{
    public static void Read(string text, TextSpan inner, ConnectionDraft draft)
    {
        var index = inner.Start;
        while (true)
        {
            while (index < inner.End && (text[index] == ';' || char.IsWhiteSpace(text[index])))
            {
                index++;
            }

            if (index == inner.End)
            {
                return;
            }

            var start = index;
            var equals = text.IndexOf('=', index, inner.End - index);
            var semicolon = text.IndexOf(';', index, inner.End - index);
            var keyword = equals < 0 ? "" : text[start..equals].Trim();
            if (keyword.Length == 0 || (semicolon >= 0 && semicolon < equals))
            {
                draft.Diagnostics.Error(
                    ConnectionProblem.MalformedParameter, new(start, 1), "This is not a valid keyword=value; pair.",
                    "Put a value with a semicolon in double quotes; double a double quote in it.");
                return;
            }

            index = equals + 1;
            if (ReadValue(text, inner.End, ref index) is not { } value)
            {
                draft.Diagnostics.Error(
                    ConnectionProblem.UnterminatedQuote, new(start, equals - start), "The quoted value of this keyword is not closed.",
                    "Close it with the same quote, followed by a semicolon or the end; double a quote inside the value.");
                return;
            }

            Set(draft, keyword, value, TextSpan.FromBounds(start, index));
        }
    }

    static void Set(ConnectionDraft draft, string keyword, string value, TextSpan span)
    {
        // As in ADO.NET, an empty value is as good as none.
        if (value.Length == 0)
        {
            return;
        }

        switch (AdoNetKeywords.ToLibpq(keyword))
        {
            case null:
                // One that is not known may be a piece of a password, and is not told.
                draft.Diagnostics.Warning(
                    ConnectionProblem.IgnoredKeyword, span,
                    AdoNetKeywords.IsKnown(keyword) ? $"The keyword '{keyword}' is specific to the .NET driver." : "LangSmith's drivers do not support this keyword.",
                    "It is omitted: LangSmith does not use it.");
                break;
            case AdoNetKeywords.Encrypt:
                if (AdoNetKeywords.ToSslMode(value) is { } mode)
                {
                    draft.SetParameter(ParameterNames.SslMode, new(mode, span), span);
                }

                draft.Diagnostics.Warning(
                    ConnectionProblem.IgnoredKeyword, span, "Encrypt is a keyword of SQL Server.",
                    AdoNetKeywords.ToSslMode(value) is { } written ? $"It is written as sslmode={written}." : "It is omitted: specify sslmode.");
                break;
            case AdoNetKeywords.SearchPath:
                draft.SetSchema(new(value, span));
                break;
            case "host":
                draft.SetHosts(new(value, span), value.Split(',').Select(host => SplitPort(host.Trim(), span)));
                break;
            case ParameterNames.SslMode:
                draft.SetParameter(ParameterNames.SslMode, new(AdoNetKeywords.ToLibpqSslMode(value), span), span);
                break;
            case { } name:
                draft.SetParameter(name, new(value, span), span);
                break;
        }
    }

    // "h:1", "[::1]:1", but not "::1". Source: Npgsql documentation, "Host".
    static (Part Name, Part? Port) SplitPort(string host, TextSpan span)
    {
        var (first, last) = (host.IndexOf(':', StringComparison.Ordinal), host.LastIndexOf(':'));
        var close = host.IndexOf(']', StringComparison.Ordinal);
        return last < 0 || (first != last && (first > close || close > last)) ? (new(host, span), null)
            : (new(host[..last], span), last + 1 < host.Length ? new Part(host[(last + 1)..], span) : null);
    }

    static string? ReadValue(string text, int end, ref int index)
    {
        while (index < end && char.IsWhiteSpace(text[index]))
        {
            index++;
        }

        if (index == end || text[index] is not ('"' or '\''))
        {
            var stop = text.IndexOf(';', index, end - index) is >= 0 and var semicolon ? semicolon : end;
            var plain = text[index..stop].TrimEnd();
            index = stop;
            return plain;
        }

        var quote = text[index++];
        var value = new StringBuilder();
        for (; index < end; index++)
        {
            if (text[index] != quote)
            {
                value.Append(text[index]);
            }
            else if (index + 1 < end && text[index + 1] == quote)
            {
                value.Append(quote);
                index++;
            }
            else
            {
                index++;
                return EndsHere(text, end, ref index) ? value.ToString() : null;
            }
        }

        return null;
    }

    static bool EndsHere(string text, int end, ref int index)
    {
        while (index < end && char.IsWhiteSpace(text[index]))
        {
            index++;
        }

        return index == end || text[index] == ';';
    }
}
