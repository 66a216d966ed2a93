using System.Collections.Frozen;

namespace LangSmithPg.Readiness;

/// <summary>Until when the PostgreSQL community patches each major version. Source: postgresql.org/support/versioning.</summary>
static class CommunitySupport
{
    static readonly FrozenDictionary<int, DateOnly> LastDays = new Dictionary<int, DateOnly>
    {
        [10] = new(2022, 11, 10),
        [11] = new(2023, 11, 9),
        [12] = new(2024, 11, 21),
        [13] = new(2025, 11, 13),
        [14] = new(2026, 11, 12),
        [15] = new(2027, 11, 11),
        [16] = new(2028, 11, 9),
        [17] = new(2029, 11, 8),
        [18] = new(2030, 11, 14),
    }.ToFrozenDictionary();

    /// <summary>The day of the last community release, or null for a version that this table does not know yet.</summary>
    /// <param name="major">Major version, such as 16.</param>
    public static DateOnly? LastDay(int major) => LastDays.TryGetValue(major, out var day) ? day : null;
}
