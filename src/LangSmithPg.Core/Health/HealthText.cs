using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Readiness;
using LangSmithPg.Sql;

namespace LangSmithPg.Health;

/// <summary>Numbers, times, names and statements in the messages of a health check.</summary>
static class HealthText
{
    /// <summary>A time, such as <c>90 s</c>, <c>45 min</c> or <c>3.5 h</c>.</summary>
    /// <param name="seconds">The time in seconds.</param>
    public static string Time(long seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
        < 2 * 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min"),
        < 2 * 86_400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600.0:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400} days"),
    };

    /// <summary>A large number, such as <c>1,234</c> or <c>150 million</c>.</summary>
    /// <param name="number">The number.</param>
    public static string Number(long number) => number switch
    {
        < 1_000_000 => number.ToString("N0", CultureInfo.InvariantCulture),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e6:0.#} million"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{number / 1e9:0.##} billion"),
    };

    /// <summary>A share as a percentage. Rounded down: what is not used up does not read as 100 %.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100):0} %");

    /// <summary>A name as people read it.</summary>
    public static string Name(string schema, string name) => VisibleText.Line($"{schema}.{name}");

    /// <summary>A name as SQL takes it.</summary>
    public static string Sql(string schema, string name) => $"{SqlIdentifier.Quote(schema)}.{SqlIdentifier.Quote(name)}";

    /// <summary>The size of a table, as reports keep it.</summary>
    public static TableFigure Figure(LargeTable table) => new(Name(table.Schema, table.Name), table.Bytes);

    /// <summary>A session as people read it.</summary>
    public static string Session(SessionFacts session) =>
        VisibleText.Line(string.Create(CultureInfo.InvariantCulture, $"process {session.Pid} (role {session.User}{(session.Application.Length > 0 ? $", {session.Application}" : "")})"));

    /// <summary>The statement that ends a session, and no other one that has got its process id since.</summary>
    public static string End(SessionFacts session) => session.Started is { } started
        ? string.Create(CultureInfo.InvariantCulture, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = {session.Pid} AND backend_start = {SqlLiteral.Quote(started)};")
        : string.Create(CultureInfo.InvariantCulture, $"SELECT pg_terminate_backend({session.Pid});");
}
