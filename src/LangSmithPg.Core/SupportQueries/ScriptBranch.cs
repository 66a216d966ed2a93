namespace LangSmithPg.SupportQueries;

/// <summary>A part of a script between <c>\if</c> and <c>\endif</c>.</summary>
/// <param name="line">The line of <c>\if</c>.</param>
/// <param name="isOuterActive">Whether what is around it is executed.</param>
sealed class ScriptBranch(int line, bool isOuterActive)
{
    bool _isTaken;
    bool _isDoubtful;
    bool _isElse;

    /// <summary>The line of <c>\if</c>.</summary>
    public int Line => line;

    /// <summary>Whether the present part is executed.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether nobody knows yet whether the present part is executed.</summary>
    public bool IsUncertain { get; private set; }

    /// <summary>Whether the present part needs its condition: no other was executed.</summary>
    public bool NeedsCondition => isOuterActive && !_isTaken;

    /// <summary>How much text there was before the present part.</summary>
    public int TextLength { get; private set; }

    /// <summary>How deep in parentheses the text was before the present part.</summary>
    public (int Parentheses, int Brackets) Depth { get; private set; }

    /// <summary>Begins a part.</summary>
    /// <param name="condition">Its condition: true, false, or null for both, where nobody knows yet.</param>
    /// <param name="isElse">Whether it is the last one.</param>
    /// <param name="commandLine">The line of the command.</param>
    /// <param name="textLength">How much text there is.</param>
    /// <param name="depth">How deep in parentheses it is.</param>
    /// <exception cref="SupportQueryException">There was an <c>\else</c> already.</exception>
    public void Begin(bool? condition, bool isElse, int commandLine, int textLength, (int Parentheses, int Brackets) depth)
    {
        if (_isElse)
        {
            throw SupportQueryException.Invalid(commandLine, $@"\{(isElse ? "else" : "elif")} follows \else.");
        }

        IsActive = NeedsCondition && condition != false;
        IsUncertain = IsActive && (condition is null || _isDoubtful);
        _isDoubtful |= condition is null;
        _isTaken |= condition == true;
        _isElse = isElse;
        (TextLength, Depth) = (textLength, depth);
    }
}
