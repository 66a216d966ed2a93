using System.Globalization;
using System.Text;
using LangSmithPg.Sandbox.Folders;
using LangSmithPg.Sandbox.Tls;

namespace LangSmithPg.Sandbox.Postgres;

/// <summary>Writes a server's configuration files.</summary>
static class PostgresConfiguration
{
    // Quick and small; nothing here has to survive the machine's crash.
    static readonly (string Name, string Value)[] Defaults =
    [
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("synchronous_commit", "off"),
        ("shared_buffers", "16MB"),
        ("max_connections", "100"),
        ("password_encryption", "scram-sha-256"),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        ("lc_messages", "C"),
    ];

    internal static void Write(Workspace workspace, PostgresServerOptions options, int port)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Defaults)
            settings[name] = value;
        foreach (var (name, value) in TlsSettings(workspace, options.Tls))
            settings[name] = value;
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        settings["port"] = port.ToString(CultureInfo.InvariantCulture);

        var text = new StringBuilder();
        foreach (var (name, value) in settings)
            text.Append(name).Append(" = ").Append(Quote(value)).Append('\n');
        workspace.Write(Path.Join("data", "postgresql.conf"), text.ToString());
        workspace.Write(Path.Join("data", "pg_hba.conf"), string.Join('\n', options.HbaLines) + "\n");
    }

    static IEnumerable<(string Name, string Value)> TlsSettings(Workspace workspace, ServerTls? tls)
    {
        if (tls is null)
            yield break;
        yield return ("ssl", "on");
        yield return ("ssl_cert_file", workspace.Write("server.crt", tls.CertificatePem));
        yield return ("ssl_key_file", workspace.Write("server.key", tls.KeyPem));
        if (tls.ClientCaPem is not null)
            yield return ("ssl_ca_file", workspace.Write("clients.crt", tls.ClientCaPem));
    }

    static string Quote(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
