using LangSmithPg.Common;

namespace LangSmithPg.EnvFiles;

/// <summary>
/// Finds the variables of a <c>.env</c> file as Docker Compose does: <c>export</c>, comments, quotes that may go over several lines.
/// Source: Docker documentation, "Syntax for environment files in Docker Compose".
/// </summary>
sealed class EnvReader(string text)
{
    const string Export = "export";

    int _position;
    int _line = 1;

    /// <summary>All variables in order.</summary>
    /// <exception cref="EnvFileException">A quote is not closed.</exception>
    public IEnumerable<EnvStatement> Read()
    {
        Skip('\uFEFF');
        while (SkipBlank())
        {
            if (text[_position] != '#' && ReadStatement() is { } statement)
            {
                yield return statement;
            }

            SkipLine();
        }
    }

    EnvStatement? ReadStatement()
    {
        var line = _line;
        if (text.AsSpan(_position).StartsWith(Export, StringComparison.Ordinal) && IsSpace(At(_position + Export.Length)))
        {
            _position += Export.Length;
            SkipSpaces();
        }

        var start = _position;
        while (IsNamePart(At(_position)))
        {
            _position++;
        }

        var name = text[start.._position];
        var end = _position;
        SkipSpaces();
        // Docker Compose takes a colon as well.
        if (At(_position) is not ('=' or ':'))
        {
            return name.Length > 0 && (AtLineEnd || At(_position) == '#') ? new(name, line, new(end, 0), Quote: null, IsAssigned: false) : null;
        }

        var behind = ++_position;
        SkipSpaces();
        return At(_position) is var quote and ('"' or '\'')
            ? new(name, line, ReadQuoted(quote, line), quote, IsAssigned: true)
            : new(name, line, ReadBare(behind), Quote: null, IsAssigned: true);
    }

    TextSpan ReadQuoted(char quote, int line)
    {
        var start = ++_position;
        for (var isEscaped = false; isEscaped || At(_position) != quote;)
        {
            if (_position >= text.Length)
            {
                throw new EnvFileException(
                    $"The quote of the value on line {line} is not closed.", line, "Close the quote: Docker Compose cannot read the file.");
            }

            // A backslash that is escaped escapes nothing.
            isEscaped = !isEscaped && At(_position) == '\\';
            _line += text[_position++] == '\n' ? 1 : 0;
        }

        return TextSpan.FromBounds(start, _position);
    }

    TextSpan ReadBare(int behind)
    {
        var start = _position;
        var end = start;
        while (!AtLineEnd && !(At(_position) == '#' && IsSpace(text[_position - 1])))
        {
            end = IsSpace(text[_position]) ? end : _position + 1;
            _position++;
        }

        // An empty value stands right behind its sign, so that a comment keeps its distance.
        return end == start ? new(behind, 0) : TextSpan.FromBounds(start, end);
    }

    bool SkipBlank()
    {
        while (_position < text.Length && (IsSpace(text[_position]) || text[_position] == '\n'))
        {
            _line += text[_position++] == '\n' ? 1 : 0;
        }

        return _position < text.Length;
    }

    void SkipLine()
    {
        while (!AtLineEnd)
        {
            _position++;
        }
    }

    void SkipSpaces()
    {
        while (IsSpace(At(_position)))
        {
            _position++;
        }
    }

    void Skip(char character) => _position += At(_position) == character ? 1 : 0;

    bool AtLineEnd => _position >= text.Length || text[_position] == '\n';

    char At(int position) => position < text.Length ? text[position] : '\0';

    static bool IsSpace(char character) => character is ' ' or '\t' or '\r' or '\v' or '\f';

    public static bool IsNamePart(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-';
}
