namespace LangSmithPg.Helm.Linting;

/// <summary>A values file as it was read.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Roots">Its topmost values, in the order of the file.</param>
/// <param name="Repeated">Keys that are already defined in the same map.</param>
sealed record ValuesFile(string Path, IReadOnlyList<ValuesNode> Roots, IReadOnlyList<ValuesNode> Repeated)
{
    /// <summary>All values, each before what is in it.</summary>
    public IEnumerable<ValuesNode> Values => Roots.SelectMany(Flatten);

    /// <summary>Whether the file lies in a folder that is kept under version control.</summary>
    public bool IsVersioned { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;

    static IEnumerable<ValuesNode> Flatten(ValuesNode node) => node.Children.SelectMany(Flatten).Prepend(node);
}
