namespace LangSmithPg.SupportQueries;

/// <summary>What a script does next.</summary>
/// <param name="Line">The line it begins in, from 1.</param>
abstract record ScriptStep(int Line);

/// <summary>It sends a statement.</summary>
/// <param name="Line">The line it begins in, from 1.</param>
/// <param name="Text">The statement, without the semicolon.</param>
/// <param name="VariablePrefix">What the names of the variables that take its only row begin with, or null where its rows are output.</param>
sealed record ScriptStatement(int Line, string Text, string? VariablePrefix = null) : ScriptStep(Line)
{
    /// <summary>The line of a place in the statement.</summary>
    /// <param name="position">The number of the character, from 1, or 0 where the server names none.</param>
    public int LineOf(int position)
    {
        var start = SqlLexer.Read(Text).TakeWhile(token => !token.IsSignificant).Sum(token => token.Text.Length);
        return position <= start || position > Text.Length ? Line : Line + Text.AsSpan()[start..(position - 1)].Count('\n');
    }
}

/// <summary>It shows a text.</summary>
/// <param name="Line">The line.</param>
/// <param name="Text">The text.</param>
sealed record ScriptMessage(int Line, string Text) : ScriptStep(Line);
