using System.Collections.Frozen;

namespace LangSmithPg.Readiness;

/// <summary>The newest minor release of each major version that this module knows. Source: postgresql.org/support/versioning.</summary>
static class KnownReleases
{
    /// <summary>The day on which the table was made.</summary>
    public static readonly DateOnly AsOf = new(2026, 11, 28);

    static readonly FrozenDictionary<int, int> Minors = new Dictionary<int, int>
    {
        [14] = 23,
        [15] = 18,
        [16] = 14,
        [17] = 10,
        [18] = 4,
    }.ToFrozenDictionary();

    /// <summary>The newest minor release, or null for a version that this table does not know.</summary>
    /// <param name="major">Major version, such as 16.</param>
    public static int? NewestMinor(int major) => Minors.TryGetValue(major, out var minor) ? minor : null;
}
