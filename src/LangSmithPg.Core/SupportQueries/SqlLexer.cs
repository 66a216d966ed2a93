namespace LangSmithPg.SupportQueries;

/// <summary>
/// Takes a script apart as psql does, with <c>standard_conforming_strings</c> on. Source: psqlscan.l and psqlscanslash.l of PostgreSQL. Unlike psql,
/// which reads line by line, a text with escapes that goes on in the next line has escapes there too: the server decides where it ends.
/// </summary>
ref struct SqlLexer
{
    readonly string _script;
    readonly List<SqlToken> _tokens = [];
    int _at;
    int _line = 1;

    SqlLexer(string script) => _script = script;

    /// <summary>Takes a script apart.</summary>
    /// <param name="script">The script, with line feeds.</param>
    /// <exception cref="SupportQueryException">A quote or a comment does not end.</exception>
    public static IReadOnlyList<SqlToken> Read(string script)
    {
        var lexer = new SqlLexer(script);
        while (lexer._at < script.Length)
        {
            lexer.ReadToken();
        }

        return lexer._tokens;
    }

    readonly char Current => Peek(0);

    readonly char Peek(int offset) => _at + offset < _script.Length ? _script[_at + offset] : '\0';

    readonly bool StartsWith(string text) => string.CompareOrdinal(_script, _at, text, 0, text.Length) == 0;

    void ReadToken()
    {
        var c = Current;
        if (IsSpace(c))
        {
            Add(SqlTokenKind.Space, While(IsSpace));
        }
        else if (StartsWith("--"))
        {
            Add(SqlTokenKind.Space, EndOfLine());
        }
        else if (StartsWith("/*"))
        {
            Add(SqlTokenKind.Comment, EndOfComment());
        }
        else if (c == '\'' || (c is 'e' or 'E' or 'b' or 'B' or 'x' or 'X' && Peek(1) == '\''))
        {
            Add(SqlTokenKind.Text, EndOfText(_at + (c == '\'' ? 1 : 2), hasEscapes: c is 'e' or 'E'));
        }
        else if (c is 'u' or 'U' && Peek(1) == '&' && Peek(2) is '\'' or '"')
        {
            Add(Peek(2) == '"' ? SqlTokenKind.Name : SqlTokenKind.Text, Peek(2) == '"' ? EndOfQuotes(_at + 3, '"', "quoted name") : EndOfText(_at + 3, hasEscapes: false));
        }
        else if (c == '"')
        {
            Add(SqlTokenKind.Name, EndOfQuotes(_at + 1, '"', "quoted name"));
        }
        else if (c == '$' && DollarTag() is { } tag)
        {
            var end = _script.IndexOf(tag, _at + tag.Length, StringComparison.Ordinal);
            Add(SqlTokenKind.Text, end < 0 ? throw Unterminated($"text in {tag}") : end + tag.Length);
        }
        else if (IsNameStart(c))
        {
            Add(SqlTokenKind.Word, While(static c => IsVariableCharacter(c) || c == '$'));
        }
        else if (char.IsAsciiDigit(c))
        {
            Add(SqlTokenKind.Symbol, While(static c => IsVariableCharacter(c) || c == '.'));
        }
        else if (c == ':')
        {
            ReadColon();
        }
        else if (c == '\\')
        {
            ReadCommand();
        }
        else
        {
            Add(SqlTokenKind.Symbol, _at + 1);
        }
    }

    void ReadColon()
    {
        if (Peek(1) is ':' or '=')
        {
            Add(SqlTokenKind.Symbol, _at + 2);
            return;
        }

        var (form, open, close) = (Peek(1), Peek(2)) switch
        {
            ('\'', _) => (VariableForm.Literal, 2, "'"),
            ('"', _) => (VariableForm.Identifier, 2, "\""),
            ('{', '?') => (VariableForm.Test, 3, "}"),
            _ => (VariableForm.Plain, 1, ""),
        };
        var end = _at + open;
        while (end < _script.Length && IsVariableCharacter(_script[end]))
        {
            end++;
        }

        var name = _script[Math.Min(_at + open, end)..end];
        if (name.Length > 0 && string.CompareOrdinal(_script, end, close, 0, close.Length) == 0)
        {
            Add(SqlTokenKind.Variable, end + close.Length, name, form);
        }
        else
        {
            Add(SqlTokenKind.Symbol, _at + 1);
        }
    }

    // The arguments end with the line, or where the next command begins. An escaped semicolon or colon passes for a command here.
    void ReadCommand()
    {
        var name = _at + 1;
        if (Peek(1) is ';' or ':')
        {
            _tokens.Add(new(SqlTokenKind.Command, _script.Substring(name, 1), _line));
            _at += 2;
            return;
        }

        var end = name;
        while (end < _script.Length && !IsSpace(_script[end]) && _script[end] != '\\')
        {
            end++;
        }

        var arguments = end;
        while (end < _script.Length && _script[end] is not ('\n' or '\\'))
        {
            end = _script[end] switch
            {
                '\'' => EndOfArgument(end, hasEscapes: true),
                '"' or '`' => EndOfArgument(end, hasEscapes: false),
                _ => end + 1,
            };
        }

        _tokens.Add(new(SqlTokenKind.Command, _script[name..arguments], _line) { Argument = _script[arguments..end] });
        _at = string.CompareOrdinal(_script, end, @"\\", 0, 2) == 0 ? end + 2 : end;
    }

    readonly int EndOfArgument(int start, bool hasEscapes)
    {
        var at = start + 1;
        for (; at < _script.Length && _script[at] != '\n'; at++)
        {
            if (_script[at] == _script[start])
            {
                return at + 1;
            }

            at += hasEscapes && _script[at] == '\\' ? 1 : 0;
        }

        throw SupportQueryException.Invalid(_line, "A quote in a command does not end in its line.");
    }

    readonly int While(Func<char, bool> condition)
    {
        var end = _at;
        while (end < _script.Length && condition(_script[end]))
        {
            end++;
        }

        return end;
    }

    readonly int EndOfLine() => _script.IndexOf('\n', _at) is var end and >= 0 ? end : _script.Length;

    readonly int EndOfComment()
    {
        var depth = 0;
        for (var at = _at; at < _script.Length;)
        {
            var two = at + 1 < _script.Length ? _script.AsSpan(at, 2) : [];
            depth += two is "/*" ? 1 : two is "*/" ? -1 : 0;
            at += two is "/*" or "*/" ? 2 : 1;
            if (depth == 0)
            {
                return at;
            }
        }

        throw Unterminated("comment");
    }

    readonly int EndOfText(int start, bool hasEscapes)
    {
        for (var at = start; at < _script.Length; at++)
        {
            if (hasEscapes && _script[at] == '\\')
            {
                at++;
            }
            else if (_script[at] == '\'')
            {
                if (at + 1 < _script.Length && _script[at + 1] == '\'')
                {
                    at++;
                }
                else if (Continuation(at + 1) is { } next)
                {
                    at = next;
                }
                else
                {
                    return at + 1;
                }
            }
        }

        throw Unterminated("text in quotes");
    }

    // SQL puts two texts together where a line ends between them.
    readonly int? Continuation(int at)
    {
        var hasLineBreak = false;
        while (at < _script.Length)
        {
            if (string.CompareOrdinal(_script, at, "--", 0, 2) == 0)
            {
                at = _script.IndexOf('\n', at) is var end and >= 0 ? end : _script.Length;
            }
            else if (IsSpace(_script[at]))
            {
                hasLineBreak |= _script[at++] is '\n' or '\r';
            }
            else
            {
                return hasLineBreak && _script[at] == '\'' ? at : null;
            }
        }

        return null;
    }

    readonly int EndOfQuotes(int start, char quote, string what)
    {
        for (var at = start; at < _script.Length; at++)
        {
            if (_script[at] != quote)
            {
                continue;
            }

            if (at + 1 == _script.Length || _script[at + 1] != quote)
            {
                return at + 1;
            }

            at++;
        }

        throw Unterminated(what);
    }

    readonly string? DollarTag()
    {
        var end = _at + 1;
        while (end < _script.Length && (end == _at + 1 ? IsNameStart(_script[end]) : IsVariableCharacter(_script[end])))
        {
            end++;
        }

        return end < _script.Length && _script[end] == '$' ? _script[_at..(end + 1)] : null;
    }

    void Add(SqlTokenKind kind, int end, string argument = "", VariableForm form = default)
    {
        var text = _script[_at..end];
        _tokens.Add(new(kind, text, _line) { Argument = argument, Form = form });
        _line += text.AsSpan().Count('\n');
        _at = end;
    }

    readonly SupportQueryException Unterminated(string what) => SupportQueryException.Invalid(_line, $"A {what} begins here and does not end.");

    public static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';

    public static bool IsVariableCharacter(char c) => c is '_' or >= '\x80' || char.IsAsciiLetterOrDigit(c);

    static bool IsNameStart(char c) => IsVariableCharacter(c) && !char.IsAsciiDigit(c);
}
