using System.Globalization;
using System.Text;
using LangSmithPg.Sandbox.Folders;

namespace LangSmithPg.Sandbox.PgBouncer;

/// <summary>Writes a pooler's configuration files.</summary>
static class PgBouncerConfiguration
{
    internal static string Write(Workspace workspace, PgBouncerServerOptions options, int port)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["listen_addr"] = "127.0.0.1",
            ["listen_port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_dir"] = "",
            ["logfile"] = workspace.Log.Path,
            ["pidfile"] = workspace.BouncerPid,
            ["auth_type"] = "scram-sha-256",
            ["auth_file"] = workspace.Write("users.txt", Users(options)),
            ["pool_mode"] = options.PoolMode.ToString().ToLowerInvariant(),
            ["ignore_startup_parameters"] = string.Join(", ", options.IgnoreStartupParameters),
        };
        if (options.Tls is { } tls)
        {
            settings["client_tls_sslmode"] = tls.ClientCaPem is null ? "allow" : "verify-ca";
            settings["client_tls_cert_file"] = workspace.Write("server.crt", tls.CertificatePem);
            settings["client_tls_key_file"] = workspace.Write("server.key", tls.KeyPem);
            if (tls.ClientCaPem is not null)
                settings["client_tls_ca_file"] = workspace.Write("clients.crt", tls.ClientCaPem);
        }
        foreach (var (name, value) in options.Settings)
            settings[name] = value;

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"[databases]\n* = host={options.UpstreamHost} port={options.UpstreamPort}\n\n[pgbouncer]\n");
        foreach (var (name, value) in settings)
            text.Append(name).Append(" = ").Append(value).Append('\n');
        return workspace.Write("pgbouncer.ini", text.ToString());
    }

    static string Users(PgBouncerServerOptions options) =>
        string.Concat(options.Users.Select(user => $"{Quote(user.Key)} {Quote(user.Value)}\n"));

    static string Quote(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
