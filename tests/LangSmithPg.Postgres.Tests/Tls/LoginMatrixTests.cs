using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;
using static LangSmithPg.Postgres.Tests.Tls.TlsMaterial;

namespace LangSmithPg.Postgres.Tests.Tls;

/// <summary>Every mode, with every kind of server's and client's certificate: the look gets in where libpq does, and fails for its reason.</summary>
public sealed class LoginMatrixTests
{
    static readonly (string Said, ConnectionFailureKind Kind)[] Reasons =
    [
        ("certificate verify failed", ConnectionFailureKind.CertificateNotTrusted),
        ("does not match host name", ConnectionFailureKind.CertificateNameMismatch),
        ("requires a valid client certificate", ConnectionFailureKind.ClientCertificateMissing),
        ("alert unknown ca", ConnectionFailureKind.ClientCertificateRefused),
        ("pg_hba.conf", ConnectionFailureKind.AccessRuleMissing),
        ("authentication failed", ConnectionFailureKind.AuthenticationFailed),
    ];

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    public async Task A_look_ends_as_the_login_of_libpq_does(int major)
    {
        await using var material = await StartAsync(major);
        var libpq = await Libpq.LoadAsync();
        List<string> differences = [];
        var combinations = 0;
        foreach (var (mode, server, client, rooted) in
            from mode in Enum.GetValues<SslMode>().Cast<SslMode?>().Append(null)
            // The OpenSSL of this libpq is at level 1.
            from server in Enum.GetValues<ServerKind>().Except(Weak)
            from client in Enum.GetValues<ClientKind>()
            from rooted in (bool[])(mode is SslMode.Require or SslMode.Prefer ? [true, false] : [true])
            select (mode, server, client, rooted))
        {
            var parts = material[server].Parts() with
            {
                HostName = "localhost",
                UserName = Certified,
                Password = Secret.From(Password),
                SslMode = mode,
            };
            parts = rooted ? parts.With("sslrootcert", material.RootFile) : parts;
            parts = material.ParametersOf(client).Aggregate(parts, (all, one) => all.With(one.Name, one.Value));
            var connection = PgConnectionString.FromParts(parts).Require();

            var expected = libpq.Connect(connection.ToPlainText("postgresql"));
            var observation = await ServerSession.ConnectAsync(connection, new(), TestContext.Current.CancellationToken);

            combinations++;
            var (ours, theirs) = (Describe(observation), Describe(expected));
            if (ours != theirs)
            {
                differences.Add($"{mode}, server {server}, client {client}, {(rooted ? "root" : "no root")}: {ours}, libpq {theirs}\n    {observation.Failure?.Detail}\n    {expected.Error}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {combinations}:\n{string.Join('\n', differences)}");
        Assert.Equal((7 + 2) * 7 * 4, combinations);
    }

    static string Describe(ServerObservation observation) =>
        observation.Failure?.Kind.ToString() ?? (observation.Tls is null ? "in without TLS" : "in with TLS");

    // Of two tries, the one with TLS tells more.
    static string Describe(Libpq.Result result)
    {
        if (result.Error is not { } error)
        {
            return result.UsesTls ? "in with TLS" : "in without TLS";
        }

        var lines = error.Split('\n');
        var telling = lines.FirstOrDefault(line => !line.Contains("no encryption", StringComparison.Ordinal)) ?? lines[0];
        return Reasons.First(one => telling.Contains(one.Said, StringComparison.Ordinal)).Kind.ToString();
    }
}
