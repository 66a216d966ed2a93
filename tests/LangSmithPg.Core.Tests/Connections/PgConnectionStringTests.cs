using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Core.Tests.Connections;

/// <summary>A connection as a value, and what is made of one.</summary>
public sealed class PgConnectionStringTests
{
    static readonly ConnectionParts Parts = new()
    {
        HostName = "h", Database = "d", UserName = "u", Password = Secret.From("p"), SslMode = SslMode.Require, Schema = "s",
    };

    static readonly Dictionary<string, ConnectionParts> OtherParts = new()
    {
        { "host", Parts with { HostName = "i" } },
        { "port", Parts with { Port = 1 } },
        { "database", Parts with { Database = "e" } },
        { "user", Parts with { UserName = "v" } },
        { "password", Parts with { Password = Secret.From("q") } },
        { "no password", Parts with { Password = null } },
        { "parameter", Parts with { SslMode = SslMode.Prefer } },
        { "one more parameter", Parts with { Parameters = [new("application_name", "a")] } },
        { "identity", Parts with { Password = null, IamAuthProvider = IamAuthProvider.Aws } },
        { "schema", Parts with { Schema = "t" } },
    };

    public static TheoryData<string> Others => [.. OtherParts.Keys];

    [Fact]
    public void The_same_parts_are_the_same_connection()
    {
        Assert.Equal(Of(Parts), Of(Parts with { }));
        Assert.Equal(Of(Parts).GetHashCode(), Of(Parts with { }).GetHashCode());
        Assert.False(Of(Parts).Equals(null));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Any_other_part_is_another_connection(string part)
    {
        var other = OtherParts[part];
        Assert.False(Of(Parts).Equals(Of(other)), part);
        Assert.False(Of(other).Equals(Of(Parts)), part);
    }

    [Fact]
    public void What_its_text_cannot_say_is_kept_or_replaced()
    {
        var identity = Of(Parts with { Password = null, IamAuthProvider = IamAuthProvider.Aws });

        Assert.Equal((IamAuthProvider.Aws, "s"), Told(identity.With(iamAuthProvider: null, schema: null)));
        Assert.Equal((IamAuthProvider.Gcp, "s"), Told(identity.With(IamAuthProvider.Gcp, schema: null)));
        Assert.Equal((IamAuthProvider.Aws, "t"), Told(identity.With(iamAuthProvider: null, "t")));
        Assert.Equal([ConnectionProblem.PasswordWithIam], Of(Parts).With(IamAuthProvider.Gcp, schema: null).Errors.Select(error => error.Problem));

        static (IamAuthProvider?, string) Told(ConnectionResult result) => (result.Require().IamAuthProvider, result.Require().Schema);
    }

    [Fact]
    public void In_a_pod_certificates_are_the_pods_and_the_rest_is_kept()
    {
        var connection = PgConnectionString.Parse("u:p@h/d?sslmode=verify-ca&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem&application_name=a").Require();

        Assert.Equal("u:p@h:5432/d?sslmode=verify-full&sslrootcert=system&application_name=a", connection.WithMountedCertificates().ToPlainText());
    }

    [Fact]
    public void It_tells_whether_it_has_a_password_and_which_authorities_it_trusts()
    {
        Assert.Equal((true, false, null), Told(Parts));
        Assert.Equal((false, true, null), Told(Parts with { Password = null, SslMode = SslMode.VerifyFull, UseSystemRootCertificate = true }));
        Assert.Equal((true, false, "/ca.pem"), Told(Parts with { Parameters = [new("sslrootcert", "/ca.pem")] }));

        static (bool, bool, string?) Told(ConnectionParts parts) => (Of(parts).HasPassword, Of(parts).UsesSystemRootCertificate, Of(parts).RootCertificateFile);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(SslMode.Prefer, false)]
    [InlineData(SslMode.Require, true)]
    [InlineData(SslMode.VerifyFull, true)]
    public void A_token_needs_TLS(SslMode? mode, bool works) => Assert.Equal(
        works ? [] : [ConnectionProblem.IamWithoutTls],
        PgConnectionString.FromParts(Parts with { Password = null, IamAuthProvider = IamAuthProvider.Aws, SslMode = mode }).Errors.Select(error => error.Problem));

    [Fact]
    public void A_parameter_needs_a_name() => Assert.Equal(
        [ConnectionProblem.MalformedParameter], PgConnectionString.FromParts(Parts with { Parameters = [new("", "x")] }).Errors.Select(error => error.Problem));

    [Fact]
    public void A_scheme_goes_in_front() => Assert.Equal("postgresql://u:p@h:5432/d?sslmode=require", Of(Parts).ToPlainText("postgresql"));

    static PgConnectionString Of(ConnectionParts parts) => PgConnectionString.FromParts(parts).Require();
}
