using System.Globalization;
using System.Text;

namespace LangSmithPg.SupportQueries;

/// <summary>The arguments of a command of psql. Source: psqlscanslash.l of PostgreSQL.</summary>
/// <param name="text">How they are written.</param>
/// <param name="variables">The variables.</param>
/// <param name="line">The line of the command.</param>
sealed class CommandArguments(string text, ScriptVariables variables, int line)
{
    int _at;

    /// <summary>Reads them.</summary>
    /// <returns>Their values, and whether any part of them was quoted.</returns>
    /// <exception cref="SupportQueryException">One of them cannot be read.</exception>
    public IReadOnlyList<(string Value, bool IsQuoted)> Read()
    {
        List<(string, bool)> all = [];
        while (true)
        {
            while (_at < text.Length && SqlLexer.IsSpace(text[_at]))
            {
                _at++;
            }

            if (_at == text.Length)
            {
                return all;
            }

            all.Add(ReadOne());
        }
    }

    (string Value, bool IsQuoted) ReadOne()
    {
        var value = new StringBuilder();
        var isQuoted = false;
        while (_at < text.Length && !SqlLexer.IsSpace(text[_at]))
        {
            switch (text[_at])
            {
                case '\'':
                    isQuoted = true;
                    _at++;
                    ReadQuoted(value);
                    break;
                case '"':
                    isQuoted = true;
                    var end = text.IndexOf('"', _at + 1) + 1;
                    value.Append(text, _at, end - _at);
                    _at = end;
                    break;
                case '`':
                    throw new SupportQueryException(
                        SupportQueryProblemKind.ScriptCommandNotSupported, line, "The script runs a program of this machine (`…`), which is not supported.", "Specify the value with -Variable.");
                case ':' when SqlLexer.Read(text[_at..])[0] is { Kind: SqlTokenKind.Variable } variable:
                    value.Append(variables.Replace(variable.Argument, variable.Form) ?? variable.Text);
                    _at += variable.Text.Length;
                    isQuoted |= variable.Form != VariableForm.Plain;
                    break;
                default:
                    value.Append(text[_at++]);
                    break;
            }
        }

        return (value.ToString(), isQuoted);
    }

    void ReadQuoted(StringBuilder value)
    {
        while (true)
        {
            var c = text[_at++];
            if (c == '\'' && (_at == text.Length || text[_at] != '\''))
            {
                return;
            }

            if (c == '\'')
            {
                _at++;
            }

            value.Append(c == '\\' ? ReadEscape() : c);
        }
    }

    char ReadEscape()
    {
        var c = text[_at++];
        switch (c)
        {
            case 'n': return '\n';
            case 't': return '\t';
            case 'b': return '\b';
            case 'r': return '\r';
            case 'f': return '\f';
            case 'x' or 'X' when _at < text.Length && char.IsAsciiHexDigit(text[_at]):
                return ToCharacter(Digits(_at, 2, char.IsAsciiHexDigit), NumberStyles.AllowHexSpecifier);
            case >= '0' and <= '7':
                var octal = Digits(--_at, 3, static c => c is >= '0' and <= '7');
                return ToCharacter(octal.Aggregate(0, static (sum, digit) => (sum * 8) + digit - '0').ToString(CultureInfo.InvariantCulture), NumberStyles.None);
            default: return c;
        }
    }

    string Digits(int start, int most, Func<char, bool> isDigit)
    {
        while (_at < text.Length && _at < start + most && isDigit(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    // To psql they are bytes: what they mean beyond ASCII depends on the encoding.
    char ToCharacter(string number, NumberStyles style) => int.Parse(number, style, CultureInfo.InvariantCulture) is > 0 and < 0x80 and var code
        ? (char)code
        : throw SupportQueryException.Invalid(line, "An escape in a command is not a character of ASCII.");
}
