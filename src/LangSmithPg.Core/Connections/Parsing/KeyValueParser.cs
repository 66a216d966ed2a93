using System.Text;
using LangSmithPg.Common;

namespace LangSmithPg.Connections.Parsing;

/// <summary>
/// Reads libpq's <c>keyword = value</c> form: values with spaces in single quotes, a backslash before a quote or a backslash.
/// Source: PostgreSQL documentation, "Keyword/Value Connection Strings".
/// </summary>
static class KeyValueParser
{
    public static void Read(string text, TextSpan inner, ConnectionDraft draft)
    {
        // A raw space in a password makes a keyword of what follows it.
        draft.NamesParameters = false;
        var index = inner.Start;
        while (true)
        {
            SkipWhiteSpace(text, inner.End, ref index);
            if (index == inner.End)
            {
                return;
            }

            var start = index;
            var equals = text.IndexOf('=', index, inner.End - index);
            var keyword = equals < 0 ? "" : text[start..equals].TrimEnd();
            if (keyword.Length == 0 || keyword.Any(char.IsWhiteSpace))
            {
                draft.Diagnostics.Error(
                    ConnectionProblem.MalformedParameter, new(start, 1), "This is not a valid keyword=value pair.",
                    "Put a value with spaces in single quotes; put a backslash before a quote or backslash in it.");
                return;
            }

            index = equals + 1;
            SkipWhiteSpace(text, inner.End, ref index);
            if (ReadValue(text, inner.End, ref index) is not { } value)
            {
                draft.Diagnostics.Error(
                    ConnectionProblem.UnterminatedQuote, new(start, keyword.Length), "The quoted value of this keyword is not closed.",
                    "Close it with a single quote; write a quote inside as \\'.");
                return;
            }

            var span = TextSpan.FromBounds(start, index);
            draft.SetParameter(keyword, new(value, span), span);
        }
    }

    static string? ReadValue(string text, int end, ref int index)
    {
        var quoted = index < end && text[index] == '\'';
        var value = new StringBuilder();
        for (index += quoted ? 1 : 0; index < end; index++)
        {
            var character = text[index];
            if (quoted && character == '\'')
            {
                index++;
                return value.ToString();
            }

            if (!quoted && char.IsWhiteSpace(character))
            {
                return value.ToString();
            }

            if (character == '\\' && index + 1 < end)
            {
                character = text[++index];
            }

            value.Append(character);
        }

        return quoted ? null : value.ToString();
    }

    static void SkipWhiteSpace(string text, int end, ref int index)
    {
        while (index < end && char.IsWhiteSpace(text[index]))
        {
            index++;
        }
    }
}
