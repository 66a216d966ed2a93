using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LangSmithPg.Iam;

/// <summary>When a token ends, as it says itself.</summary>
static partial class TokenExpiry
{
    /// <summary>The end of a token; null when it does not say, as those of Google Cloud do not.</summary>
    /// <param name="token">A JSON web token, as Azure's are, or a signed URL, as those of AWS are.</param>
    public static DateTimeOffset? Of(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return OfSignedUrl(token) ?? OfWebToken(token);
    }

    static DateTimeOffset? OfSignedUrl(string token) =>
        SignedAt().Match(token) is { Success: true } at && LivesFor().Match(token) is { Success: true } seconds
        && DateTimeOffset.TryParseExact(
            at.Groups[1].Value, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            ? signed.AddSeconds(int.Parse(seconds.Groups[1].Value, CultureInfo.InvariantCulture))
            : null;

    static DateTimeOffset? OfWebToken(string token)
    {
        if (token.Split('.') is not [_, { Length: > 0 } claims, _])
        {
            return null;
        }

        try
        {
            var padded = claims.Replace('-', '+').Replace('_', '/').PadRight((claims.Length + 3) / 4 * 4, '=');
            using var document = JsonDocument.Parse(Convert.FromBase64String(padded));
            return document.RootElement.TryGetProperty("exp", out var end) && end.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            // A password with two dots in it is no token.
            return null;
        }
    }

    [GeneratedRegex(@"[?&]X-Amz-Date=([0-9TZ]{16})(&|\z)")]
    private static partial Regex SignedAt();

    [GeneratedRegex(@"[?&]X-Amz-Expires=([0-9]{1,6})(&|\z)")]
    private static partial Regex LivesFor();
}
