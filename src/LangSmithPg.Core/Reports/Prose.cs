using System.Globalization;
using LangSmithPg.Clouds;
using LangSmithPg.Connections;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports;

/// <summary>Numbers, times and facts as people read them, whatever the culture of the machine.</summary>
static class Prose
{
    public static string Count(int number, string singular, string plural) => $"{number} {(number == 1 ? singular : plural)}";

    public static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms";

    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What is worth knowing of a database beside its findings.</summary>
    public static IEnumerable<string> Facts(ReadinessReport database)
    {
        if (database.Purpose != DatabasePurpose.LangSmith)
        {
            yield return $"for {database.Purpose}";
        }

        if (database.ServerVersion is { } version)
        {
            yield return $"PostgreSQL {version}";
        }

        if (database.Provider is { } provider and not ServerProvider.Unknown)
        {
            yield return provider.DisplayName();
        }

        if (database.UserName is { } user)
        {
            yield return $"role {user}";
        }

        if (database.Schema is { } schema)
        {
            yield return $"schema {schema}";
        }

        yield return $"checked within {Milliseconds(database.Elapsed)}";
    }
}
