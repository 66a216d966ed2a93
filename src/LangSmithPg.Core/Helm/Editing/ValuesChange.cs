using LangSmithPg.Common;

namespace LangSmithPg.Helm.Editing;

/// <summary>One value of a file that is set or replaced. It shows itself with a secret masked.</summary>
/// <param name="Path">Its location.</param>
/// <param name="Line">Line of the old value, or of the one that comes in, from 1.</param>
/// <param name="OldValue">What the file says, masked when it is a secret; null when it says nothing.</param>
/// <param name="NewValue">What it will say, masked when it is a secret.</param>
/// <param name="IsConflict">Whether the file says something else on purpose, and not nothing or an empty text.</param>
sealed record ValuesChange(ValuesPath Path, int Line, string? OldValue, string NewValue, bool IsConflict)
{
    /// <inheritdoc/>
    public override string ToString() => OldValue is null ? $"{Path}: {NewValue}" : $"{Path}: {OldValue} becomes {NewValue}";
}
