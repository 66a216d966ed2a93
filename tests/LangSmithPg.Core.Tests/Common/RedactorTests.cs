using System.Net;
using System.Text;
using System.Text.Json;
using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Core.Tests.Common;

public sealed class RedactorTests
{
    const string Password = "Zq7#Needle/Pw é\"<'\\";

    public static TheoryData<string> Forms => new(
        Password, Password.ToUpperInvariant(), Password.ToLowerInvariant(),
        PercentEncoding.Encode(Password), PercentEncoding.Encode(Password).ToLowerInvariant(), PercentEncoding.Encode(PercentEncoding.Encode(Password)),
        PercentEncoding.Encode(Password, allowed: "/"), Uri.EscapeDataString(Password), WebUtility.UrlEncode(Password), WebUtility.HtmlEncode(Password),
        JsonSerializer.Serialize(Password).Trim('"'), Password.Replace("'", "''", StringComparison.Ordinal),
        Base64(Password), Base64("u:" + Password), Base64("\0u\0" + Password), Base64("us:" + Password + ":x"), Base64(Password).TrimEnd('='),
        Base64(Password).Replace('+', '-').Replace('/', '_'));

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_password_is_masked_in_every_form(string form)
    {
        var connection = PgConnectionString.Parse($"u:{PercentEncoding.Encode(Password)}@h/d").Connection!;

        var redacted = connection.Redact($"login of postgresql://u:{form}@h/d failed");

        Assert.StartsWith("login of postgresql://u:", redacted, StringComparison.Ordinal);
        Assert.EndsWith("@h/d failed", redacted, StringComparison.Ordinal);
        Assert.Contains(Redactor.Mask, redacted, StringComparison.Ordinal);
        // What is left beside the mask of Base64 is the neighbours' and less than three characters of its own.
        Assert.True(redacted.Length < "login of postgresql://u:@h/d failed".Length + Redactor.Mask.Length + 12, redacted);
        Assert.DoesNotContain("eedle", redacted, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Secret_parameters_are_masked_too()
    {
        var connection = PgConnectionString.Parse("u:pw12@h/d?sslpassword=k%23eyphrase&application_name=visible").Connection!;

        Assert.Equal("visible **** **** k# pw ****", connection.Redact("visible k#eyphrase K%23EYPHRASE k# pw PW12"));
    }

    [Theory]
    [InlineData("abc", "abc ABC")]
    [InlineData(null, "nothing to hide")]
    [InlineData("longer", "long lo%6eg")]
    public void What_is_no_secret_stays(string? password, string text) =>
        Assert.Equal(text, PgConnectionString.Parse(password is null ? "u@h/d" : $"u:{password}@h/d").Connection!.Redact(text));

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
