namespace LangSmithPg.Helm.Linting;

/// <summary>A values file as it was read.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Values">All that stands in it, maps and lists too, in the order of the file.</param>
/// <param name="Repeated">Keys that stand in the same map again.</param>
sealed record ValuesFile(string Path, IReadOnlyList<FileValue> Values, IReadOnlyList<FileValue> Repeated)
{
    /// <summary>Whether the file lies in a folder that is kept under version control.</summary>
    public bool IsVersioned { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
