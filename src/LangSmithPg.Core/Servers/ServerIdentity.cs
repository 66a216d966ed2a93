namespace LangSmithPg.Servers;

/// <summary>The server itself.</summary>
/// <param name="VersionNumber"><c>server_version_num</c>, such as 160014.</param>
/// <param name="Version">The whole answer of <c>version()</c>.</param>
/// <param name="InRecovery">Whether it is a standby, which takes no writes.</param>
/// <param name="ReadOnlyByDefault">Whether transactions are read-only by default.</param>
/// <param name="Address">The address at which the server itself took the connection, or null for a Unix socket.</param>
/// <param name="Port">The TCP port at which the server itself took the connection, or null for a Unix socket.</param>
/// <param name="BackendProcessId">Process id of the session's backend.</param>
/// <param name="Time">The server's clock.</param>
public sealed record ServerIdentity(
    int VersionNumber, string Version, bool InRecovery, bool ReadOnlyByDefault, string? Address, int? Port, int BackendProcessId,
    DateTimeOffset Time)
{
    /// <summary>The major version, such as 16.</summary>
    public int Major => VersionNumber / 10_000;

    /// <summary>The version without the vendor's additions, such as <c>16.14</c>.</summary>
    public string ShortVersion => $"{Major}.{VersionNumber % 10_000}";
}
