namespace LangSmithPg.EnvFiles;

/// <summary>What setting a variable does to a <c>.env</c> file.</summary>
/// <param name="Text">The new text; the old one where the variable had the value already. It holds the value.</param>
/// <param name="Lines">The lines that change or come in, from 1; none where the variable had the value already.</param>
/// <param name="WasSet">Whether the file had the variable before.</param>
sealed record EnvFileEdit(string Text, IReadOnlyList<int> Lines, bool WasSet)
{
    /// <summary>Whether anything changes.</summary>
    public bool IsChange => Lines.Count > 0;

    /// <summary>Says what happens, without the value.</summary>
    public override string ToString() => (IsChange, WasSet) switch
    {
        (false, _) => "no change",
        (true, true) => $"replace on line {string.Join(", ", Lines)}",
        _ => $"add on line {Lines[0]}",
    };
}
