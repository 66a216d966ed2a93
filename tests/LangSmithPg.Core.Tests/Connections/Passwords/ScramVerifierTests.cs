using LangSmithPg.Connections.Passwords;

namespace LangSmithPg.Core.Tests.Connections.Passwords;

public sealed class ScramVerifierTests
{
    const string NoDerivation = "Wine derives no keys by PBKDF2 (STATUS_INVALID_HANDLE).";

    // What PostgreSQL 17 has in pg_authid for CREATE ROLE … PASSWORD with this salt; the same as RFC 7677's example.
    [Fact]
    [Trait("NotOnWine", NoDerivation)]
    public void A_verifier_is_that_of_the_standards_example()
    {
        var verifier = ScramVerifier.Of("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);

        Assert.Equal("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=", verifier);
    }

    [Fact]
    [Trait("NotOnWine", NoDerivation)]
    public void A_password_is_prepared_as_the_server_would() => Assert.Equal(
        ScramVerifier.Of("IX", new byte[16], 4096), ScramVerifier.Of("I\u00ADX", new byte[16], 4096));

    [Fact]
    [Trait("NotOnWine", NoDerivation)]
    public void Two_verifiers_of_a_password_differ() => Assert.NotEqual(ScramVerifier.Of("pencil"), ScramVerifier.Of("pencil"));

    [Fact]
    public void A_generated_password_is_long_and_suits_every_driver_and_url()
    {
        var passwords = Enumerable.Range(0, 100).Select(_ => GeneratedPassword.Create().Reveal()).ToList();

        Assert.Equal(100, passwords.Distinct().Count());
        Assert.All(passwords, password =>
        {
            Assert.True(password.Length >= 32);
            Assert.All(password, character => Assert.True(char.IsAsciiLetterOrDigit(character)));
            Assert.Contains(password, char.IsAsciiLetterUpper);
            Assert.Contains(password, char.IsAsciiLetterLower);
            Assert.Contains(password, char.IsAsciiDigit);
        });
    }
}
