namespace LangSmithPg.Charts;

/// <summary>A key of the chart's values.</summary>
sealed class ChartKey
{
    readonly IReadOnlyList<ChartVersion> _turns;

    internal ChartKey(string name, bool isOpen, IReadOnlyList<ChartVersion> turns, IReadOnlyList<ChartKey> children, bool isList = false) =>
        (Name, IsOpen, IsList, _turns, Children) = (name, isOpen, isList, turns, children);

    /// <summary>The key.</summary>
    public string Name { get; }

    /// <summary>Whether any key may stand below it: the chart takes the map whole, as it does labels.</summary>
    public bool IsOpen { get; }

    /// <summary>Whether a list stands there in the chart's own values.</summary>
    public bool IsList { get; }

    /// <summary>The keys below it, of all versions.</summary>
    public IReadOnlyList<ChartKey> Children { get; }

    /// <summary>The first version that has it.</summary>
    public ChartVersion Since => _turns[0];

    /// <summary>The first version that no longer has it; null when the newest has it.</summary>
    public ChartVersion? Until => _turns.Count % 2 == 0 ? _turns[^1] : null;

    /// <summary>The key of a name below it; null when no version has one.</summary>
    /// <param name="name">The name.</param>
    public ChartKey? Find(string name) => Children.FirstOrDefault(child => child.Name == name);

    /// <summary>Whether a version has it. A pre-release counts as the release that it leads to.</summary>
    /// <param name="version">The version.</param>
    public bool IsIn(ChartVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return _turns.Count(turn => turn <= version.Release) % 2 == 1;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
