using LangSmithPg.Connections.Passwords;

namespace LangSmithPg.Core.Tests.Connections.Passwords;

/// <summary>The examples of RFC 4013, and what was measured with libpq, asyncpg, pgx and Npgsql.</summary>
public sealed class PasswordFormsTests
{
    [Theory]
    [InlineData("I\u00ADX", "IX")]
    [InlineData("user", "user")]
    [InlineData("\u00AA", "a")]
    [InlineData("\u2168", "IX")]
    [InlineData("\u0007", "\u0007")]
    [InlineData("\u0627\u0031", null)]
    [InlineData("a\u00A0b", "a b")]
    [InlineData("a\u200Bb", "a b")]
    [InlineData("\u00AD", null)]
    [InlineData("\u00E9\u0007", null)]
    [InlineData("\u023B", null)]
    [InlineData("\u0627x\u0627", null)]
    [InlineData("\u0627\u0628", "\u0627\u0628")]
    [InlineData("\uFFFE", null)]
    [InlineData("\uD800", null)]
    [InlineData("\U000E0001", null)]
    [InlineData("e\u0301", "\u00E9")]
    public void A_password_is_prepared_as_PostgreSQL_does(string password, string? expected) => Assert.Equal(expected, SaslPrep.Prepare(password));

    // Whether all drivers log in, and whether this module's can.
    [Theory]
    [InlineData("plain", true, true)]
    [InlineData("p\u00E4ssw\u00F6rd", true, true)]
    [InlineData("e\u0301", true, true)]
    [InlineData("a\u00A0b", true, true)]
    [InlineData("soft\u00ADhyphen", false, true)]
    [InlineData("zero\u200Dwidth", false, true)]
    [InlineData("\u00B5", false, true)]
    [InlineData("\uFB01", false, true)]
    [InlineData("\u212B", true, true)]
    [InlineData("\uFF21", false, true)]
    [InlineData("\u0627\u0031", true, true)]
    [InlineData("\uFB01\u0001", true, false)]
    [InlineData("\u00AA\u023B", true, false)]
    [InlineData("x\uFFFE", true, false)]
    public void Who_logs_in_is_known(string password, bool all, bool here)
    {
        Assert.Equal(all, PasswordForms.SuitsAllDrivers(password));
        Assert.Equal(here, PasswordForms.ForScram(password) is not null);
    }
}
