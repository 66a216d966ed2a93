namespace LangSmithPg.SupportQueries;

/// <summary>
/// Whether a semicolon belongs to the body of a function that is written as <c>BEGIN ATOMIC … END</c>, by psql's own rule of thumb. Source: the
/// rule <c>{identifier}</c> of psqlscan.l.
/// </summary>
sealed class RoutineBody
{
    readonly List<char> _words = [];
    int _count;
    int _depth;

    /// <summary>Whether it is inside a body.</summary>
    public bool IsInside => _depth > 0;

    /// <summary>Reads a word outside of parentheses or in them.</summary>
    public void Read(string word, bool isInParentheses)
    {
        word = word.ToLowerInvariant();
        if (_count++ < 4 && word is "create" or "function" or "procedure" or "or" or "replace")
        {
            _words.Add(word[0]);
        }

        if (isInParentheses || new string([.. _words.Take(4)]) is not (['c', 'f' or 'p', ..] or ['c', 'o', 'r', 'f' or 'p']))
        {
            return;
        }

        _depth += word switch
        {
            "begin" => 1,
            "case" when _depth > 0 => 1,
            "end" when _depth > 0 => -1,
            _ => 0,
        };
    }

    /// <summary>Begins another statement.</summary>
    public void Clear()
    {
        _words.Clear();
        (_count, _depth) = (0, 0);
    }
}
