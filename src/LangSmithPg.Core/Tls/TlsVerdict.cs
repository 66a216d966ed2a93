using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;

namespace LangSmithPg.Tls;

/// <summary>What a driver would make of a server's certificate.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="SslMode">The TLS mode.</param>
/// <param name="UsesSystemRoots">Whether <c>sslrootcert=system</c> is given with it.</param>
/// <param name="Outcome">What comes of it.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record TlsVerdict(PgDriver Driver, SslMode SslMode, bool UsesSystemRoots, TlsOutcome Outcome, string Reason)
{
    /// <summary>The setting as a connection string has it.</summary>
    public string Setting => $"sslmode={SslMode.ToText()}{(UsesSystemRoots ? "&sslrootcert=system" : "")}";

    /// <summary>The verdict in one line.</summary>
    public override string ToString() => $"{Driver}, {Setting}: {Outcome}. {Reason}";
}
