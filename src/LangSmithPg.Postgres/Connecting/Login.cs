using System.Security.Authentication;
using LangSmithPg.Connections;
using Npgsql;
using SslMode = LangSmithPg.Connections.SslMode;

namespace LangSmithPg.Postgres.Connecting;

/// <summary>Opens the one connection of a look.</summary>
static class Login
{
    public static async Task<NpgsqlConnection> OpenAsync(
        PgConnectionString connection, PgHost host, TlsTrust trust, TimeSpan limit, string? searchPath, CancellationToken cancellationToken)
    {
        var mode = connection.EffectiveSslMode;
        using var decoy = ClientCertificateDecoy.CreateIfNeeded();
        try
        {
            return await OpenAsync(mode);
        }
        catch (PostgresException refused) when (
            mode == SslMode.Prefer && trust.WasOffered && refused.MessageText.Contains("pg_hba.conf", StringComparison.Ordinal))
        {
            // A login that fails with TLS is tried again without, and what comes back is that this is not allowed. The first reason counts.
            return await OpenAsync(SslMode.Require);
        }

        catch (Exception) when (mode == SslMode.Prefer && trust.Refusal is { } refusal)
        {
            // As libpq: what fails with TLS is tried without, a certificate that is not trusted included. The first reason counts.
            try
            {
                var session = await OpenAsync(SslMode.Disable);
                trust.Forget();
                return session;
            }
            catch (PostgresException)
            {
                throw new AuthenticationException(refusal.Message);
            }
        }

        async Task<NpgsqlConnection> OpenAsync(SslMode mode)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var source = DataSourceFactory.Create(connection, host, mode, trust, decoy, limit, searchPath);
            var opening = OwnThread.RunAsync(source.OpenConnection);
            try
            {
                var session = await opening.WaitAsync(cancellationToken);
                trust.DemandRequest();
                return session;
            }
            catch (AuthenticationException) when (opening.IsCompletedSuccessfully)
            {
                await CloseAsync(opening);
                throw;
            }
            catch (OperationCanceledException)
            {
                _ = CloseAsync(opening);
                throw;
            }
        }

        // Of what the caller has left behind. A server that is merely slow ends it by the time limit of the source.
        static async Task CloseAsync(Task<NpgsqlConnection> opening)
        {
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opening.IsCompletedSuccessfully)
            {
                await (await opening).DisposeAsync();
            }
        }
    }
}
