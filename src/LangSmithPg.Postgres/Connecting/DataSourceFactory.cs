using LangSmithPg.Connections;
using Npgsql;

namespace LangSmithPg.Postgres.Connecting;

/// <summary>
/// Makes the one connection of a look. Whatever Npgsql would take from an environment variable or a file of the admin's machine
/// is set here: the verdict must be the same on every machine, and the same as in a pod.
/// </summary>
static class DataSourceFactory
{
    const string ApplicationName = "LangSmithPg";

    public static NpgsqlDataSource Create(PgConnectionString connection, PgHost host, Secret? password, TlsTrust trust)
    {
        var builder = new NpgsqlSlimDataSourceBuilder
        {
            ConnectionStringBuilder =
            {
                Host = host.Name,
                Port = host.Port,
                Database = connection.Database,
                Username = connection.UserName,
                ApplicationName = ApplicationName,
                SslMode = ToNpgsql(connection.SslMode),
                SslNegotiation = connection["sslnegotiation"] == "direct" ? SslNegotiation.Direct : SslNegotiation.Postgres,
                ChannelBinding = connection["channel_binding"] switch
                {
                    "require" => ChannelBinding.Require,
                    "disable" => ChannelBinding.Disable,
                    _ => ChannelBinding.Prefer,
                },
                GssEncryptionMode = GssEncryptionMode.Disable,
                RequireAuth = "Password,MD5,GSS,SSPI,ScramSHA256,None",
                Options = connection["options"] ?? "",
                Timezone = "UTC",
                ClientEncoding = "UTF8",
                TargetSessionAttributes = "any",
                Pooling = false,
                Multiplexing = false,
                Enlist = false,
                MaxAutoPrepare = 0,
                LogParameters = false,
                IncludeErrorDetail = false,
                PersistSecurityInfo = false,
                // Time is kept by the caller; without waiting for an answer to a cancellation that may never come.
                Timeout = 0,
                CommandTimeout = 0,
                CancellationTimeout = -1,
            },
        };

        // A password that is empty but not null keeps Npgsql from looking for one in PGPASSWORD and pgpass files;
        // and the password stays out of every connection string that an exception might show.
        var text = password?.Reveal() ?? "";
        builder.UsePasswordProvider(_ => text, (_, _) => new(text));
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        builder.EnableTransportSecurity();
        builder.UseSslClientAuthenticationOptionsCallback(trust.Apply);
        return builder.Build();
    }

    // Verification is TlsTrust's: to Npgsql, every mode that verifies is one that insists on TLS.
    static Npgsql.SslMode ToNpgsql(Connections.SslMode? mode) => mode switch
    {
        Connections.SslMode.Disable => Npgsql.SslMode.Disable,
        Connections.SslMode.Allow => Npgsql.SslMode.Allow,
        null or Connections.SslMode.Prefer => Npgsql.SslMode.Prefer,
        _ => Npgsql.SslMode.Require,
    };
}
