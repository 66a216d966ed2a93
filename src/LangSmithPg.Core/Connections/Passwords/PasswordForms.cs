using System.Text;

namespace LangSmithPg.Connections.Passwords;

/// <summary>
/// What becomes of a password beyond ASCII in a login by SCRAM: the server and each driver prepare it, and not all in the same way. Sources:
/// PostgreSQL, src/common/saslprep.c; pgx, pgconn/auth_scram.go; Npgsql, NpgsqlConnector.Auth.cs.
/// </summary>
static class PasswordForms
{
    /// <summary>What PostgreSQL, libpq and asyncpg make of it (SASLprep).</summary>
    /// <param name="password">The password.</param>
    public static string InLibpq(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return SaslPrep.Prepare(password) ?? password;
    }

    /// <summary>What pgx makes of it (PRECIS OpaqueString).</summary>
    /// <param name="password">The password.</param>
    public static string InGo(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        // What PRECIS does not allow is taken as it is.
        return Ascii.IsValid(password) || password.Any(char.IsControl) || SaslPrep.HasInvisible(password)
            ? password
            : SaslPrep.Normalize(SaslPrep.WithPlainSpaces(password), NormalizationForm.FormC) ?? password;
    }

    /// <summary>Whether all drivers in LangSmith's pods log in with it.</summary>
    /// <param name="password">The password.</param>
    public static bool SuitsAllDrivers(string password) => InGo(password) == InLibpq(password);

    /// <summary>
    /// The text that this module's driver, which prepares it by NFKC, turns into what libpq would use; or null where there is none.
    /// </summary>
    /// <param name="password">The password.</param>
    public static string? ForScram(string password)
    {
        var wanted = InLibpq(password);
        return SaslPrep.Normalize(wanted, NormalizationForm.FormKC) == wanted ? wanted : null;
    }
}
