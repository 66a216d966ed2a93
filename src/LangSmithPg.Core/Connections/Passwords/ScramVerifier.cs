using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LangSmithPg.Connections.Passwords;

/// <summary>
/// What a server stores of a password for SCRAM-SHA-256. Sent in place of the password, it keeps the password out of the server's log.
/// Sources: RFC 5802; PostgreSQL, src/common/scram-common.c.
/// </summary>
static class ScramVerifier
{
    // PostgreSQL's own (SCRAM_SHA_256_DEFAULT_ITERATIONS, SCRAM_DEFAULT_SALT_LEN).
    const int Iterations = 4096;
    const int SaltLength = 16;

    /// <summary>Makes the verifier of a password, with a random salt.</summary>
    /// <param name="password">The password.</param>
    public static string Of(string password) => Of(password, RandomNumberGenerator.GetBytes(SaltLength), Iterations);

    /// <summary>Makes the verifier of a password.</summary>
    /// <param name="password">The password.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="iterations">How often it is hashed.</param>
    public static string Of(string password, byte[] salt, int iterations)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(salt);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(PasswordForms.InLibpq(password)), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${iterations.ToString(CultureInfo.InvariantCulture)}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}";
    }
}
