using System.Security.Authentication;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Passwords;
using Npgsql;
using SslMode = LangSmithPg.Connections.SslMode;

namespace LangSmithPg.Postgres.Connections;

/// <summary>Opens the one connection of a look.</summary>
static class Login
{
    public static async Task<NpgsqlConnection> OpenAsync(
        PgConnectionString connection, PgHost host, TlsTrust trust, TimeSpan limit, string? searchPath, CancellationToken cancellationToken)
    {
        var mode = connection.EffectiveSslMode();
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
            var password = connection.Password?.Reveal() ?? "";
            var methods = LoginMethods.Of(connection)!;
            var prepared = PasswordForms.ForScram(password);
            if (prepared == password || !methods.Contains(LoginMethods.Scram))
            {
                return await OpenWithAsync(mode, methods, password);
            }

            // By SCRAM the password is sent as libpq prepares it, by other methods as it is. What the server wants is known once it asks.
            var others = methods.Where(method => method != LoginMethods.Scram).ToList();
            if (prepared is not null)
            {
                try
                {
                    return await OpenWithAsync(mode, [LoginMethods.Scram], prepared);
                }
                catch (NpgsqlException exception) when (others.Count > 0 && FailureExplainer.IsForbiddenMethod(exception))
                {
                    // Nothing was sent.
                }
            }

            try
            {
                return others.Count > 0 ? await OpenWithAsync(mode, others, password) : throw new UnusablePasswordException();
            }
            catch (NpgsqlException exception) when (prepared is null && FailureExplainer.IsForbiddenMethod(exception))
            {
                throw new UnusablePasswordException();
            }
        }

        async Task<NpgsqlConnection> OpenWithAsync(SslMode mode, IReadOnlyCollection<string> methods, string password)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var source = DataSourceFactory.Create(connection, host, mode, trust, decoy, methods, password, limit, searchPath);
            var opening = DedicatedThread.RunAsync(source.OpenConnection);
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
