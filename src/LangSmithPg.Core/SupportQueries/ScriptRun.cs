using System.Text;

namespace LangSmithPg.SupportQueries;

/// <summary>
/// Reads a script step by step, as psql executes it: what a step gives to variables counts for the next one. Source: PostgreSQL documentation,
/// "psql"; mainloop.c, command.c and psqlscan.l of PostgreSQL.
/// </summary>
/// <param name="tokens">The script.</param>
/// <param name="variables">The variables.</param>
/// <param name="isRehearsal">
/// Whether nothing is sent: values of <c>\gset</c> are not known then, and both sides of a condition that comes after it are read.
/// </param>
sealed class ScriptRun(IReadOnlyList<SqlToken> tokens, ScriptVariables variables, bool isRehearsal)
{
    const string Supported = @"Remove it. Supported are \if, \elif, \else, \endif, \set, \unset, \echo, \gset and \q.";

    readonly StringBuilder _text = new();
    readonly Stack<ScriptBranch> _branches = new();
    readonly RoutineBody _body = new();
    int _line;
    int _parentheses;
    int _brackets;
    bool _isSignificant;
    bool _isJsonObject;
    bool _isOpen;
    bool _hasEnded;

    bool IsActive => !_branches.TryPeek(out var branch) || branch.IsActive;

    /// <summary>The steps.</summary>
    /// <exception cref="SupportQueryException">The script cannot be executed.</exception>
    public IEnumerable<ScriptStep> Read()
    {
        foreach (var token in tokens)
        {
            if ((token.Kind == SqlTokenKind.Command ? Do(token) : Append(token)) is { } step)
            {
                yield return step;
            }

            if (_hasEnded)
            {
                break;
            }
        }

        if (!_hasEnded && _branches.TryPeek(out var open))
        {
            throw SupportQueryException.Invalid(open.Line, @"\if has no \endif.");
        }

        if (TakeStatement(prefix: null) is { } last)
        {
            yield return last;
        }
    }

    ScriptStatement? Append(SqlToken token)
    {
        if (!IsActive)
        {
            return null;
        }

        if (token.Kind == SqlTokenKind.Variable)
        {
            AppendValue(token, outer: []);
            return null;
        }

        if (token.Is(';') && _parentheses == 0 && !_body.IsInside)
        {
            return TakeStatement(prefix: null);
        }

        AppendText(token, token.Line);
        return null;
    }

    // psql reads a value as a part of the script, whose variables count too.
    void AppendValue(SqlToken token, IReadOnlyList<string> outer)
    {
        var name = token.Argument;
        if (ScriptVariables.IsOfPsql(name) && variables[name] is null)
        {
            throw Missing(token, $"The script uses the variable {name}, which psql sets and this cmdlet does not.");
        }

        if (variables.Replace(name, token.Form) is not { } value)
        {
            // As psql, where it may be something else: the bound of a slice of an array, or a value in json_object.
            if (!_isOpen && _brackets == 0 && !_isJsonObject && !name.All(char.IsAsciiDigit))
            {
                throw Missing(token, $"The script uses the variable {name}, which has no value.");
            }

            AppendText(token with { Kind = SqlTokenKind.Symbol }, token.Line);
        }
        else if (token.Form != VariableForm.Plain)
        {
            AppendText(token with { Kind = SqlTokenKind.Text, Text = value }, token.Line);
        }
        else
        {
            AppendTokens(Read(name, value, token.Line), [.. outer, name], token.Line);
        }
    }

    void AppendTokens(IReadOnlyList<SqlToken> value, IReadOnlyList<string> outer, int line)
    {
        foreach (var token in value)
        {
            if (token.Kind == SqlTokenKind.Command || token.Is(';') || (token.Kind == SqlTokenKind.Variable && outer.Contains(token.Argument)))
            {
                throw NotUsable(outer[^1], line, "contains a semicolon, a backslash or a reference to itself");
            }

            if (token.Kind == SqlTokenKind.Variable)
            {
                AppendValue(token with { Line = line }, outer);
            }
            else
            {
                AppendText(token, line);
            }
        }
    }

    static IReadOnlyList<SqlToken> Read(string name, string value, int line)
    {
        try
        {
            return SqlLexer.Read(value);
        }
        catch (SupportQueryException)
        {
            throw NotUsable(name, line, "has a quote or a comment that does not end");
        }
    }

    void AppendText(SqlToken token, int line)
    {
        // As psql, nothing before the statement itself.
        if (token.Kind == SqlTokenKind.Space && _text.Length == 0)
        {
            return;
        }

        _line = _isSignificant ? _line : line;
        _isSignificant |= token.IsSignificant;
        _text.Append(token.Text);
        switch (token.Kind, token.Text)
        {
            case (SqlTokenKind.Word, _):
                _body.Read(token.Text, _parentheses > 0);
                _isJsonObject |= token.Is("json_object") || token.Is("json_objectagg");
                break;
            case (SqlTokenKind.Symbol, "("):
                _parentheses++;
                break;
            case (SqlTokenKind.Symbol, ")"):
                _parentheses -= _parentheses > 0 ? 1 : 0;
                break;
            case (SqlTokenKind.Symbol, "["):
                _brackets++;
                break;
            case (SqlTokenKind.Symbol, "]"):
                _brackets -= _brackets > 0 ? 1 : 0;
                break;
        }
    }

    ScriptStatement? TakeStatement(string? prefix)
    {
        var statement = _isSignificant ? new ScriptStatement(_line, _text.ToString(), prefix) : null;
        _text.Clear();
        _body.Clear();
        (_isSignificant, _isJsonObject, _parentheses, _brackets) = (false, false, 0, 0);
        return statement;
    }

    ScriptStep? Do(SqlToken command)
    {
        switch (command.Text)
        {
            case "if":
                _branches.Push(new(command.Line, IsActive));
                Begin(command, isElse: false);
                return null;
            case "elif" or "else":
                LeaveBranch(command);
                Begin(command, isElse: command.Text == "else");
                return null;
            case "endif":
                LeaveBranch(command);
                _branches.Pop();
                return null;
            case var _ when !IsActive:
                return null;
            case "set":
                Set(command);
                return null;
            case "unset":
                variables.Unset(Single(command, required: true)!);
                return null;
            case "echo":
                return new ScriptMessage(command.Line, Message(ArgumentsOf(command)));
            case "gset":
                return TakeResult(command);
            case "q":
                // Whether it comes to this is not known in a rehearsal, where a condition is open.
                _hasEnded = !(isRehearsal && _isOpen && _branches.Count > 0);
                return null;
            default:
                throw new SupportQueryException(
                    SupportQueryProblemKind.ScriptCommandNotSupported, command.Line, $@"The command \{command.Text} of psql is not supported.", Supported);
        }
    }

    void Begin(SqlToken command, bool isElse)
    {
        var branch = _branches.Peek();
        branch.Begin(isElse || !branch.NeedsCondition ? true : Condition(command), isElse, command.Line, _text.Length, (_parentheses, _brackets));
    }

    // What a part that is not executed wrote is no text of a statement; psql forgets its parentheses too.
    void LeaveBranch(SqlToken command)
    {
        if (!_branches.TryPeek(out var branch))
        {
            throw SupportQueryException.Invalid(command.Line, $@"\{command.Text} has no \if.");
        }

        if (branch.IsUncertain)
        {
            _text.Length = Math.Min(_text.Length, branch.TextLength);
            (_parentheses, _brackets) = branch.Depth;
        }
    }

    // Null where nobody knows before the script runs.
    bool? Condition(SqlToken command)
    {
        if (_isOpen && command.Argument.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var text = string.Join(' ', ArgumentsOf(command).Select(one => one.Value));
        return ToBoolean(text) ?? throw SupportQueryException.Invalid(
            command.Line, $@"\{command.Text} expects true or false; the value is '{text}'.");
    }

    // As psql: the beginning of a word is enough, where it is not that of another one too.
    static bool? ToBoolean(string text) => text.ToLowerInvariant() switch
    {
        "1" or "on" => true,
        "0" or "of" or "off" => false,
        { Length: > 0 } word when "true".StartsWith(word, StringComparison.Ordinal) || "yes".StartsWith(word, StringComparison.Ordinal) => true,
        { Length: > 0 } word when "false".StartsWith(word, StringComparison.Ordinal) || "no".StartsWith(word, StringComparison.Ordinal) => false,
        _ => null,
    };

    void Set(SqlToken command)
    {
        var arguments = ArgumentsOf(command);
        if (arguments.Count == 0)
        {
            throw SupportQueryException.Invalid(command.Line, @"\set has no name of a variable.");
        }

        variables.Set(arguments[0].Value, string.Concat(arguments.Skip(1).Select(one => one.Value)), command.Line);
    }

    ScriptStatement TakeResult(SqlToken command)
    {
        var prefix = Single(command, required: false) ?? "";
        _isOpen |= isRehearsal;
        return TakeStatement(prefix) ?? throw SupportQueryException.Invalid(command.Line, @"\gset has no query before it.");
    }

    string? Single(SqlToken command, bool required) => ArgumentsOf(command) switch
    {
        [var (value, _)] => value,
        [] when !required => null,
        _ => throw SupportQueryException.Invalid(command.Line, $@"\{command.Text} expects one argument."),
    };

    static string Message(IReadOnlyList<(string Value, bool IsQuoted)> arguments) =>
        string.Join(' ', arguments.Skip(arguments is [("-n", false), ..] ? 1 : 0).Select(one => one.Value));

    IReadOnlyList<(string Value, bool IsQuoted)> ArgumentsOf(SqlToken command) => new CommandArguments(command.Argument, variables, command.Line).Read();

    static SupportQueryException Missing(SqlToken variable, string message) => new(
        SupportQueryProblemKind.ScriptVariableMissing, variable.Line, message, $"Specify it: -Variable @{{ {variable.Argument} = '<value>' }}. Names are case-sensitive.");

    static SupportQueryException NotUsable(string name, int line, string reason) => new(
        SupportQueryProblemKind.ScriptVariableNotUsable, line, $"The value of the variable {name} {reason}.", $"The script uses it as SQL (:{name}). Specify a value that is a part of one statement.");
}
