using LangSmithPg.Connections;
using Npgsql;
using SslMode = LangSmithPg.Connections.SslMode;

namespace LangSmithPg.Postgres.Connections;

/// <summary>
/// Makes the one connection of a look. Whatever Npgsql would take from an environment variable or a file of the admin's machine
/// is set here: the verdict must be the same on every machine, and the same as in a pod.
/// </summary>
static class DataSourceFactory
{
    const string ApplicationName = "LangSmithPg";

    // The most that Npgsql takes.
    const int MaximumTimeout = 1024;

    const int KeepAliveTime = 30;
    const int KeepAliveInterval = 10;

    /// <param name="connection">The connection.</param>
    /// <param name="host">The one of its hosts to connect to.</param>
    /// <param name="mode">How much TLS.</param>
    /// <param name="trust">Decides about the server's certificate.</param>
    /// <param name="decoy">The client certificate that Npgsql is to read in place of the admin's own, or null.</param>
    /// <param name="methods">The methods of a login that are allowed, as <see cref="LoginMethods"/> names them.</param>
    /// <param name="password">The password, as Npgsql is to have it.</param>
    /// <param name="limit">Most time for everything. The caller keeps it; a little later, what the caller has left behind ends.</param>
    /// <param name="searchPath">The search path to ask for on connecting, or null.</param>
    public static NpgsqlDataSource Create(
        PgConnectionString connection, PgHost host, SslMode mode, TlsTrust trust, ClientCertificateDecoy? decoy,
        IReadOnlyCollection<string> methods, string password, TimeSpan limit, string? searchPath)
    {
        // Without a method Npgsql would allow them all.
        ArgumentOutOfRangeException.ThrowIfZero(methods.Count);
        var seconds = (int)Math.Clamp(Math.Ceiling(limit.TotalSeconds) + 1, 1, MaximumTimeout);
        var builder = new NpgsqlSlimDataSourceBuilder
        {
            ConnectionStringBuilder =
            {
                Host = host.Name,
                Port = host.Port,
                Database = connection.Database,
                Username = connection.UserName,
                ApplicationName = ApplicationName,
                SslMode = ToNpgsql(mode),
                SslNegotiation = connection["sslnegotiation"] == "direct" ? SslNegotiation.Direct : SslNegotiation.Postgres,
                ChannelBinding = connection["channel_binding"] switch
                {
                    "require" => ChannelBinding.Require,
                    "disable" => ChannelBinding.Disable,
                    _ => ChannelBinding.Prefer,
                },
                GssEncryptionMode = GssEncryptionMode.Disable,
                RequireAuth = string.Join(',', methods.Select(ToNpgsql)),
                // A blank keeps PGOPTIONS out. It is not sent without need, as poolers may refuse any options.
                Options = connection["options"] ?? (Environment.GetEnvironmentVariable("PGOPTIONS") is null ? null : " "),
                SearchPath = searchPath,
                Timezone = "UTC",
                ClientEncoding = "UTF8",
                TargetSessionAttributes = "any",
                Pooling = false,
                Multiplexing = false,
                Enlist = false,
                MaxAutoPrepare = 0,
                LogParameters = false,
                IncludeErrorDetail = false,
                // Which statement of several failed is told to the code alone.
                IncludeFailedBatchedCommand = true,
                PersistSecurityInfo = false,
                Timeout = seconds,
                CommandTimeout = seconds,
                // An answer to a cancellation may never come.
                CancellationTimeout = -1,
                // What has no short limit, as the analysis of a whole database, ends where the network froze.
                TcpKeepAlive = true,
                TcpKeepAliveTime = KeepAliveTime,
                TcpKeepAliveInterval = KeepAliveInterval,
            },
        };
        if (decoy is not null)
        {
            builder.ConnectionStringBuilder.SslCertificate = builder.ConnectionStringBuilder.SslKey = decoy.Path;
        }

        // A password that is empty but not null keeps Npgsql from looking for one in PGPASSWORD and pgpass files;
        // and the password stays out of every connection string that an exception might show.
        builder.UsePasswordProvider(_ => Reveal(), (_, _) => new(Reveal()));
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        builder.EnableTransportSecurity();
        builder.UseSslClientAuthenticationOptionsCallback(trust.Apply);
        return builder.Build();

        // Asked for when the server asks.
        string Reveal()
        {
            trust.DemandRequest();
            return password;
        }
    }

    static string ToNpgsql(string method) => method switch
    {
        LoginMethods.Password => "Password",
        LoginMethods.Md5 => "MD5",
        LoginMethods.Scram => "ScramSHA256",
        _ => "None",
    };

    // Verification is TlsTrust's: to Npgsql, every mode that verifies is one that insists on TLS.
    static Npgsql.SslMode ToNpgsql(SslMode mode) => mode switch
    {
        SslMode.Disable => Npgsql.SslMode.Disable,
        SslMode.Allow => Npgsql.SslMode.Allow,
        SslMode.Prefer => Npgsql.SslMode.Prefer,
        _ => Npgsql.SslMode.Require,
    };
}
