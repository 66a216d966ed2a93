namespace LangSmithPg.Yaml.Editing;

/// <summary>Where lines are inserted.</summary>
/// <param name="Path">The keys above them.</param>
/// <param name="Column">How far they are indented, in spaces.</param>
/// <param name="NeedsLineEnd">Whether the line before them has no end yet: then they have none either.</param>
sealed record BlockPlace(IReadOnlyList<string> Path, int Column, bool NeedsLineEnd);
