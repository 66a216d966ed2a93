using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Servers;

namespace LangSmithPg.Findings;

/// <summary>Everything a rule may look at.</summary>
/// <param name="Connection">How LangSmith is to connect.</param>
/// <param name="Facts">What the server says.</param>
/// <param name="Today">The day for which support dates are judged.</param>
sealed record ReadinessInput(PgConnectionString Connection, ServerFacts Facts, DateOnly Today)
{
    /// <summary>TLS as this side sees it, or null without TLS.</summary>
    public ClientTls? Tls { get; init; }

    /// <summary>The pooler in between, or null when the connection is direct.</summary>
    public PoolerFacts? Pooler { get; init; }

    /// <summary>What the admin knows of the server's size.</summary>
    public DeclaredServerSize Size { get; init; } = new(VCpus: null, MemoryBytes: null);

    /// <summary>The server and database, without user or secrets.</summary>
    public string Target => Connection.Target;

    /// <summary>What the database must have.</summary>
    public DatabaseRequirements Requirements => DatabaseRequirements.Of(Connection.Purpose);

    internal Finding Finding(string id, FindingStatus status, string message) =>
        new() { Id = id, Status = status, Target = Target, Message = message, Source = Requirements.Documentation };
}

/// <summary>What an admin knows of a server's size, which SQL cannot tell.</summary>
/// <param name="VCpus">Number of virtual CPUs, or null when it is not known.</param>
/// <param name="MemoryBytes">Memory in bytes, or null when it is not known.</param>
sealed record DeclaredServerSize(int? VCpus, long? MemoryBytes)
{
    /// <summary>The connections that a budget counts for the server, or null when there is none.</summary>
    public int? NeededConnections { get; init; }
}
