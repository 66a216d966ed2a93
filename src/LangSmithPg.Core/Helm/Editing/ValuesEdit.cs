namespace LangSmithPg.Helm.Editing;

/// <summary>What an overlay does to the text of a values file.</summary>
/// <param name="Text">The new text, with its secrets.</param>
/// <param name="Changes">The values that change, in the order of the file; none if the file already contains all values.</param>
/// <param name="Diff">The change as a unified diff, with secrets masked; empty when nothing changes.</param>
sealed record ValuesEdit(string Text, IReadOnlyList<ValuesChange> Changes, string Diff)
{
    /// <summary>The values about which the file says something else.</summary>
    public IReadOnlyList<ValuesChange> Conflicts => Changes.Where(change => change.IsConflict).ToArray();
}
