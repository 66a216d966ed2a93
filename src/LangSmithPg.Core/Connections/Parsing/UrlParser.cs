using LangSmithPg.Common;

namespace LangSmithPg.Connections.Parsing;

/// <summary>
/// Reads LangSmith's bare form and <c>postgres://</c> URLs. Where a raw character leaves one sensible reading it warns and goes on;
/// where libpq, asyncpg and pgx would each read something else it is an error.
/// </summary>
sealed class UrlParser
{
    // Raw, one of these makes libpq, asyncpg or pgx refuse the text or read it differently; the rest of ASCII is safe in a user or password.
    const string Hazards = " \"#/<>?@[\\]^`{|}";

    static readonly string[] OwnSchemes = ["postgresql", "postgres"];

    // Named in the message; any other word in front of "://" might be part of a password and is not repeated.
    static readonly string[] ForeignSchemes =
    [
        "cockroachdb", "file", "http", "https", "jdbc:postgresql", "mariadb", "mongodb", "mongodb+srv", "mssql", "mysql", "mysql2",
        "oracle", "postgres+asyncpg", "postgresql+asyncpg", "postgresql+psycopg", "postgresql+psycopg2", "redis", "rediss", "sqlite",
        "sqlserver",
    ];

    readonly string _text;
    readonly ConnectionDraft _draft;

    UrlParser(string text, ConnectionDraft draft)
    {
        _text = text;
        _draft = draft;
    }

    public static void Read(string text, TextSpan inner, ConnectionDraft draft) => new UrlParser(text, draft).Read(inner);

    /// <summary>Length of what stands before <c>://</c> if it looks like a scheme, else 0.</summary>
    public static int SchemeLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (end <= 0 || !char.IsAsciiLetter(text[0]))
        {
            return 0;
        }

        foreach (var character in text[..end])
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '.' or '-' or ':'))
            {
                return 0;
            }
        }

        return end;
    }

    void Read(TextSpan inner)
    {
        var start = inner.Start;
        if (SchemeLength(_text.AsSpan(inner.Start, inner.Length)) is > 0 and var length)
        {
            if (!AcceptScheme(new(inner.Start, length)))
            {
                return;
            }

            start += length + "://".Length;
        }

        var authorityEnd = IndexOfAny("/?#", start, inner.End);
        var at = LastIndexOf('@', start, authorityEnd);
        if (MisplacedDelimiter(start, at, authorityEnd, inner.End) is { } delimiter)
        {
            _draft.Diagnostics.Error(
                ConnectionProblem.UnencodedCharacter, new(delimiter, 1),
                "A '/', '?' or '#' that is not encoded is before the '@' or at the end; drivers read it as a delimiter.",
                "Percent-encode it: '/' as %2F, '?' as %3F, '#' as %23, '@' as %40.");
            return;
        }

        // Behind the path an '@' is no mistake, but it may all the same end a password with a raw '/' and '?' in it.
        _draft.NamesParameters = !_text.AsSpan(authorityEnd, inner.End - authorityEnd).Contains('@');
        if (at >= 0)
        {
            ReadUserInfo(TextSpan.FromBounds(start, at));
            start = at + 1;
        }

        ReadHosts(TextSpan.FromBounds(start, authorityEnd));
        var pathEnd = IndexOfAny("?", authorityEnd, inner.End);
        if (authorityEnd < pathEnd)
        {
            var path = TextSpan.FromBounds(authorityEnd + 1, pathEnd);
            if (path.Length > 0 && Decode(path, "The database's name", "/") is { } database)
            {
                _draft.SetDatabase(database);
            }
        }

        if (pathEnd < inner.End)
        {
            ReadParameters(TextSpan.FromBounds(pathEnd + 1, inner.End));
        }
    }

    bool AcceptScheme(TextSpan span)
    {
        var scheme = Slice(span);
        if (OwnSchemes.Contains(scheme, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        var known = Array.Find(ForeignSchemes, one => string.Equals(one, scheme, StringComparison.OrdinalIgnoreCase));
        var message = known is null ? "The URL scheme is not supported." : $"'{known}://' is not a PostgreSQL URL scheme.";
        var fix = known?.Contains("postgres", StringComparison.Ordinal) == true
            ? "LangSmith selects its driver: use postgresql:// or omit the scheme."
            : "Specify the connection string of a PostgreSQL database: user:password@host:port/database.";
        _draft.Diagnostics.Error(ConnectionProblem.UnknownScheme, span, message, fix);
        return false;
    }

    // The '/', '?' or '#' that was meant as part of a user or password, or a '#' that starts a fragment for Python and Go alone.
    int? MisplacedDelimiter(int start, int at, int authorityEnd, int end)
    {
        var laterAt = _text.IndexOf('@', authorityEnd, end - authorityEnd);
        if (laterAt >= 0)
        {
            var pathEnd = IndexOfAny("?", authorityEnd, end);
            var hasPath = _text[authorityEnd] == '/';
            if (!hasPath || laterAt < pathEnd || (at < 0 && !LooksLikeHost(start, authorityEnd)))
            {
                return authorityEnd;
            }
        }

        return _text.IndexOf('#', authorityEnd, end - authorityEnd) is >= 0 and var fragment ? fragment : null;
    }

    bool LooksLikeHost(int start, int end)
    {
        var colon = LastIndexOf(':', start, end);
        return colon < 0 || _text.AsSpan(colon + 1, end - colon - 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    void ReadUserInfo(TextSpan span)
    {
        var colon = IndexOfAny(":", span.Start, span.End);
        if (Decode(TextSpan.FromBounds(span.Start, colon), "The user name", "") is { } user)
        {
            _draft.SetUserName(user);
        }

        if (colon < span.End && Decode(TextSpan.FromBounds(colon + 1, span.End), "The password", "") is { } password)
        {
            _draft.SetPassword(password);
        }
    }

    void ReadHosts(TextSpan span)
    {
        for (var start = span.Start; start <= span.End;)
        {
            var end = IndexOfAny(",", start, span.End);
            ReadHost(TextSpan.FromBounds(start, end));
            start = end + 1;
        }
    }

    void ReadHost(TextSpan span)
    {
        var bracketed = span.Length > 0 && _text[span.Start] == '[';
        var close = bracketed ? IndexOfAny("]", span.Start, span.End) : -1;
        if (close == span.End)
        {
            _draft.Diagnostics.Error(
                ConnectionProblem.UnbracketedIPv6, span, "The bracket of an IPv6 address is not closed.", "Write it as [address]:port.");
            return;
        }

        var colon = LastIndexOf(':', bracketed ? close : span.Start, span.End);
        var nameEnd = bracketed ? close + 1 : colon >= 0 ? colon : span.End;
        if (bracketed ? nameEnd < span.End && colon != nameEnd : Slice(TextSpan.FromBounds(span.Start, nameEnd)).Contains(':', StringComparison.Ordinal))
        {
            _draft.Diagnostics.Error(
                ConnectionProblem.UnbracketedIPv6, span,
                bracketed ? "The brackets of an IPv6 address are followed by something other than a port." : "The host has more than one colon outside brackets.",
                "Write an IPv6 address as [address]:port.");
            return;
        }

        var port = colon >= 0 ? TextSpan.FromBounds(colon + 1, span.End) : new TextSpan(span.End, 0);
        if (Decode(TextSpan.FromBounds(span.Start, nameEnd), "The host", "[]") is { } name)
        {
            _draft.AddHost(name, new(Slice(port), port));
        }
    }

    void ReadParameters(TextSpan span)
    {
        for (var start = span.Start; start < span.End;)
        {
            var end = IndexOfAny("&", start, span.End);
            ReadParameter(TextSpan.FromBounds(start, end));
            start = end + 1;
        }
    }

    void ReadParameter(TextSpan span)
    {
        var equals = IndexOfAny("=", span.Start, span.End);
        if (equals == span.End || equals == span.Start)
        {
            _draft.Diagnostics.Error(
                ConnectionProblem.MalformedParameter, span, "A URL parameter is not of the form name=value.",
                "Write ?name=value&name=value after the database; write '?' or '&' inside a value as %3F or %26.");
            return;
        }

        var value = TextSpan.FromBounds(equals + 1, span.End);
        if (Decode(TextSpan.FromBounds(span.Start, equals), "The parameter's name", "") is { } name
            && Decode(value, "The parameter's value", "/:@?,\\[]{}<>\"") is { } decoded)
        {
            if (Slice(value).Contains('+', StringComparison.Ordinal))
            {
                WarnRaw(new(value.Start + Slice(value).IndexOf('+', StringComparison.Ordinal), 1), "The parameter's value", 1);
            }

            _draft.SetParameter(name.Text, decoded, span);
        }
    }

    /// <summary>Decodes a piece; warns once about raw characters on which the drivers disagree.</summary>
    Part? Decode(TextSpan span, string what, string harmless)
    {
        var raw = _text.AsSpan(span.Start, span.Length);
        if (!PercentEncoding.TryDecode(raw, out var decoded, out var error))
        {
            _draft.Diagnostics.Error(
                ConnectionProblem.InvalidPercentEncoding, new(span.Start + error, 1),
                $"{what} has a '%' that does not start an encoded character: two hexadecimal digits must follow, and the bytes must be UTF-8.",
                "To include a percent sign, write %25.");
            return null;
        }

        var first = -1;
        var count = 0;
        for (var index = 0; index < raw.Length; index++)
        {
            var character = raw[index];
            var hazard = !char.IsAscii(character) || char.IsControl(character) || Hazards.Contains(character, StringComparison.Ordinal);
            if (hazard && !harmless.Contains(character, StringComparison.Ordinal))
            {
                count++;
                first = first < 0 ? index : first;
            }
        }

        if (count > 0)
        {
            WarnRaw(new(span.Start + first, 1), what, count);
        }

        return new(decoded, span);
    }

    // The character itself is not repeated: it may be part of a password.
    void WarnRaw(TextSpan span, string what, int count) => _draft.Diagnostics.Warning(
        ConnectionProblem.UnencodedCharacter, span,
        count == 1
            ? $"{what} has a character that must be percent-encoded: drivers read it differently."
            : $"{what} has {count} characters that must be percent-encoded: drivers read them differently.",
        PercentEncoding.Fix);

    string Slice(TextSpan span) => _text.Substring(span.Start, span.Length);

    int IndexOfAny(string characters, int start, int end) =>
        _text.AsSpan(start, end - start).IndexOfAny(characters) is >= 0 and var index ? start + index : end;

    int LastIndexOf(char character, int start, int end) =>
        _text.AsSpan(start, end - start).LastIndexOf(character) is >= 0 and var index ? start + index : -1;
}
