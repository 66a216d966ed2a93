namespace LangSmithPg.SupportQueries;

/// <summary>What a statement changed.</summary>
/// <param name="Line">The line of the statement.</param>
/// <param name="Verb">The keyword that it begins with.</param>
/// <param name="Tables">The tables whose rows were changed.</param>
sealed record StatementChange(int Line, string Verb, IReadOnlyList<TableChange> Tables)
{
    /// <inheritdoc/>
    public override string ToString() => Tables.Count == 0 ? $"line {Line}: {Verb}" : $"line {Line}: {string.Join("; ", Tables)}";
}
