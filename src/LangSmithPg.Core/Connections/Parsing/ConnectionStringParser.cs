using System.Text.RegularExpressions;
using LangSmithPg.Common;

namespace LangSmithPg.Connections.Parsing;

/// <summary>Finds out which form a text has and hands it to the reader of that form.</summary>
static partial class ConnectionStringParser
{
    // Far above any real connection string; keeps the work on a wrong file small.
    const int MaximumLength = 65_536;

    public static ConnectionResult Parse(string? text, PartialConnection changes)
    {
        var draft = new ConnectionDraft();
        if (string.IsNullOrWhiteSpace(text))
        {
            draft.Diagnostics.Error(
                ConnectionProblem.EmptyText, null, "The connection string is empty.", "Specify one as user:password@host:port/database.");
            return draft.Finish(format: null);
        }

        if (text.Length > MaximumLength)
        {
            draft.Diagnostics.Error(
                ConnectionProblem.TextTooLong, null, $"The text has {text.Length} characters, which is too long for a connection string.",
                "Check that the correct file or variable was read.");
            return draft.Finish(format: null);
        }

        var inner = Trim(text);
        if (WhiteSpaceAround(text) is { } white)
        {
            draft.Diagnostics.Warning(
                ConnectionProblem.SurroundingWhiteSpace, white,
                "The connection string has white space around it, which Helm and Kubernetes pass on.", "Remove it.");
        }

        if (PsqlCommand().Match(text, inner.Start, inner.Length) is { Success: true } command)
        {
            // A command as it was copied from a portal or a terminal.
            var argument = command.Groups["quoted"] is { Success: true } quoted ? quoted : command.Groups["plain"];
            inner = new(argument.Index, argument.Length);
        }

        if (!IsAlone(text, inner, draft.Diagnostics))
        {
            return draft.Finish(format: null);
        }

        var format = Detect(text.AsSpan(inner.Start, inner.Length));
        switch (format)
        {
            case ConnectionStringFormat.KeyValue:
                KeyValueParser.Read(text, inner, draft);
                break;
            case ConnectionStringFormat.AdoNet:
                AdoNetParser.Read(text, inner, draft);
                break;
            default:
                UrlParser.Read(text, inner, draft);
                break;
        }

        draft.Apply(changes);
        return draft.Finish(format);
    }

    // A line of a .env file or a script is easily copied with what belongs to that alone, and would be read: as the user's name.
    static bool IsAlone(string text, TextSpan inner, DiagnosticBag diagnostics)
    {
        if (inner.Length > 1 && text[inner.Start] is '"' or '\'' && text[inner.End - 1] == text[inner.Start])
        {
            diagnostics.Error(
                ConnectionProblem.SurroundingQuotes, new(inner.Start, 1), "The connection string has quotes around it.",
                "Remove them: they belong to the file or script that it was copied from.");
            return false;
        }

        if (Assignment().Match(text, inner.Start, inner.Length) is { Success: true } name)
        {
            diagnostics.Error(
                ConnectionProblem.VariableAssignment, new(name.Index, name.Length), "The connection string starts with the name of a variable.",
                "Specify only the text after '=', without quotes.");
            return false;
        }

        return true;
    }

    // POSTGRES_DATABASE_URI=, export X=, $env:X =
    [GeneratedRegex(@"\A(?:(?:export\s+|\$env:)[A-Za-z_][A-Za-z0-9_]*|[A-Z][A-Z0-9]*_[A-Z0-9_]*)\s*=", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    // psql "host=…", psql 'postgresql://…', psql postgresql://…
    [GeneratedRegex("""\Apsql(?:\.exe)?\s+(?:(["'])(?<quoted>.*)\1|(?<plain>(?:postgres(?:ql)?://|[a-z_]+=)\S.*))\z""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex PsqlCommand();

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

        return UrlParser.SchemeLength(text) > 0 ? ConnectionStringFormat.Url : ConnectionStringFormat.LangSmith;
    }

    // "host=a;port=1" is ADO.NET's, "host=a password='b;c'" and "password=b;c" are libpq's: ADO.NET's semicolon ends the first value, and
    // behind it stands a keyword or nothing.
    static bool GoesOnWithSemicolon(ReadOnlySpan<char> text)
    {
        var value = text[(text.IndexOf('=') + 1)..].TrimStart();
        var isQuoted = value is ['\'' or '"', ..];
        var end = isQuoted ? EndOfQuoted(value) : value.IndexOf(';');
        if (end < 0 || (!isQuoted && HasKeyword(value[..end])))
        {
            return false;
        }

        var rest = value[end..].TrimStart();
        return rest is [';', ..] && (rest[1..].IsWhiteSpace() || (LeadingKeyword(rest[1..]) is { } next && AdoNetKeywords.IsKnown(next)));
    }

    // Behind the closing quote; ADO.NET doubles a quote that belongs to the value.
    static int EndOfQuoted(ReadOnlySpan<char> value)
    {
        for (var place = 1; place < value.Length; place++)
        {
            if (value[place] != value[0])
            {
                continue;
            }

            if (place + 1 == value.Length || value[place + 1] != value[0])
            {
                return place + 1;
            }

            place++;
        }

        return -1;
    }

    // "a password=" within what ADO.NET would take for one value: libpq's next keyword.
    static bool HasKeyword(ReadOnlySpan<char> value)
    {
        for (var equals = value.LastIndexOf('='); equals >= 0; equals = value.LastIndexOf('='))
        {
            value = value[..equals].TrimEnd();
            var space = value.LastIndexOfAny(' ', '\t', '\n');
            if (space >= 0 && ParameterNames.IsKnown(value[(space + 1)..].ToString()))
            {
                return true;
            }
        }

        return false;
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

    /// <summary>The first white space around a text, or null.</summary>
    internal static TextSpan? WhiteSpaceAround(string text)
    {
        var inner = Trim(text);
        return inner.Start > 0 ? new(0, inner.Start) : inner.End < text.Length ? TextSpan.FromBounds(inner.End, text.Length) : null;
    }

    // A byte order mark is not white space to .NET, but is what Windows editors put in front; behind, it is part of the last value.
    static TextSpan Trim(string text)
    {
        var start = 0;
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] == '\uFEFF'))
        {
            start++;
        }

        return TextSpan.FromBounds(start, start + text.AsSpan(start).TrimEnd().Length);
    }
}
