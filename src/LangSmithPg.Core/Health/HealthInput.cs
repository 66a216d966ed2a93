using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Health;

/// <summary>Everything a rule of a health check may look at.</summary>
/// <param name="Connection">How LangSmith connects.</param>
/// <param name="Server">What the server says.</param>
/// <param name="Facts">What its health shows in.</param>
sealed record HealthInput(PgConnectionString Connection, ServerFacts Server, HealthFacts Facts)
{
    /// <summary>The connections that a budget counts for the server, or null when there is none.</summary>
    public int? NeededConnections { get; init; }

    /// <summary>The figures of an earlier report, or null when none was specified.</summary>
    public HealthBaseline? Baseline { get; init; }

    /// <summary>Whether somebody else runs the server, who does not allow ALTER SYSTEM.</summary>
    public bool IsManaged => Server.Provider != ServerProvider.Unknown;

    /// <summary>The role that asked, as SQL takes its name.</summary>
    public string QuotedRole => SqlIdentifier.Quote(Server.Role.Name);

    /// <summary>How to change a setting of the server.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="value">Its value, without characters that SQL would have to quote.</param>
    public Remedy Set(string name, string value) => IsManaged
        ? $"Set {name} to {value} in the parameters of the server ({Server.Provider.DisplayName()})."
        : Remedy.Sql($"ALTER SYSTEM SET {name} = '{value}';\nSELECT pg_reload_conf();");
}

/// <summary>The figures of an earlier report.</summary>
/// <param name="Figures">The figures of the database; null where the report has none of it.</param>
sealed record HealthBaseline(DatabaseFigures? Figures);
