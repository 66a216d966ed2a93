using System.Text.RegularExpressions;
using LangSmithPg.Connections;

namespace LangSmithPg.Binding;

/// <summary>Reads where a server is, for what needs no login: a host alone, or an address as it is copied from a browser or a firewall rule.</summary>
static partial class ServerAddress
{
    /// <summary>Reads it; null where the input is a connection, or nothing that could be a host.</summary>
    /// <param name="given">The input.</param>
    /// <param name="port">The port that was specified beside it, or null.</param>
    public static ConnectionResult? Of(ConnectionInput given, int? port) =>
        Form().Match(given.Text ?? "") is { Success: true } match ? FromHost(match.Groups["host"].Value, port ?? (int.TryParse(match.Groups["port"].Value, out var own) ? own : null))
        : (given.Host ?? (string.IsNullOrWhiteSpace(given.Text) ? given.Text : null)) is { } host ? FromHost(host, port)
        : null;

    // There is no login: database and user are only set because a connection requires them.
    static ConnectionResult FromHost(string host, int? port) => PgConnectionString.FromParts(new()
    {
        HostName = host,
        Port = port ?? PgHost.DefaultPort,
        Database = "postgres",
        UserName = "postgres",
        SslMode = SslMode.Require,
    });

    [GeneratedRegex(@"\A(?:https?://)?(?<host>[A-Za-z0-9.-]+)(?::(?<port>\d{1,5}))?/?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
