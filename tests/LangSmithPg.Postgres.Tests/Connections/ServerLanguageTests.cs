using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>A server may speak any language: it is understood by its codes.</summary>
public sealed class ServerLanguageTests
{
    [Theory]
    [InlineData("28000", "ClientAuthentication", "kein pg_hba.conf-Eintrag für Host »10.0.0.1«, Benutzer »app«, Datenbank »app«, keine Verschlüsselung", ConnectionFailureKind.AccessRuleMissing)]
    [InlineData("28000", "ClientAuthentication", "Verbindung erfordert ein gültiges Client-Zertifikat", ConnectionFailureKind.ClientCertificateMissing)]
    [InlineData("28000", "auth_failed", "Ident-Authentifizierung für Benutzer »app« fehlgeschlagen", ConnectionFailureKind.AuthenticationFailed)]
    [InlineData("28000", "auth_failed", "Zertifikatauthentifizierung für Benutzer »app« fehlgeschlagen", ConnectionFailureKind.AuthenticationFailed)]
    [InlineData("28000", "InitializeSessionUserId", "Rolle »app« existiert nicht", ConnectionFailureKind.RoleNotAllowed)]
    [InlineData("28000", "InitializeSessionUserId", "Rolle »app« hat keine Berechtigung zum Einloggen", ConnectionFailureKind.RoleNotAllowed)]
    [InlineData("55000", "CheckMyDatabase", "Datenbank »app« akzeptiert gegenwärtig keine Verbindungen", ConnectionFailureKind.NotAcceptingConnections)]
    [InlineData("28000", null, "certificate authentication failed", ConnectionFailureKind.AuthenticationFailed)]
    [InlineData("28000", "auth_failed", "PAM-Authentifizierung für Benutzer »app« fehlgeschlagen", ConnectionFailureKind.AuthenticationFailed)]
    public async Task A_refusal_in_German_is_understood(string sqlState, string? routine, string message, ConnectionFailureKind expected)
    {
        await using var server = new Stranger(Protocol.Refusal(sqlState, message, routine));

        var failure = await (server.Parts with { SslMode = SslMode.Disable }).FailAsync(expected);

        Assert.Equal(message, failure.Detail);
        Assert.Equal(expected == ConnectionFailureKind.AccessRuleMissing, failure.Fix.Text.Contains("sslmode=require", StringComparison.Ordinal));
        Assert.Equal(message.StartsWith("PAM", StringComparison.Ordinal), failure.Message.Contains("IAM", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_told_as_one()
    {
        await using var server = new Stranger(Protocol.Refusal("28P01", "password authentication failed for user \"app\"", "auth_failed"), tls: true);

        var failure = await (server.Parts with { SslMode = SslMode.Require }).FailAsync(ConnectionFailureKind.AuthenticationFailed, new() { AccessToken = Secret.From("a-token") });

        Assert.Contains("access token", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", failure.Fix.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_server_that_goes_silent_is_told_with_where()
    {
        await using var hanging = new HangingServer([.. "S"u8]);
        await using var asking = new HangingServer(Protocol.AskForPassword);
        await using var silent = new HangingServer();

        Assert.Contains("TCP connection was established", await TellAsync(silent, SslMode.Require), StringComparison.Ordinal);
        Assert.Contains("TLS handshake", await TellAsync(hanging, SslMode.Require), StringComparison.Ordinal);
        Assert.Contains("the login did not complete", await TellAsync(asking, SslMode.Disable), StringComparison.Ordinal);

        static async Task<string> TellAsync(HangingServer server, SslMode mode)
        {
            var failure = await (server.Parts with { SslMode = mode }).FailAsync(ConnectionFailureKind.TimedOut, new() { Timeout = TimeSpan.FromSeconds(1) });
            Assert.DoesNotContain("firewall", failure.Fix.Text, StringComparison.Ordinal);
            return failure.Message;
        }
    }
}
