namespace LangSmithPg.Connections;

/// <summary>The names that connection strings use for <see cref="SslMode"/>.</summary>
static class SslModeNames
{
    static readonly string[] Names = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    /// <summary>All names, weakest mode first.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name as libpq spells it, such as <c>verify-full</c>.</summary>
    /// <param name="mode">The mode.</param>
    public static string ToText(this SslMode mode) => Names[(int)mode];

    /// <summary>Reads a name as libpq does: lower case, with its hyphen.</summary>
    /// <param name="text">The name.</param>
    /// <returns>The mode, or null when no mode has that name.</returns>
    public static SslMode? FromText(string text) => Array.IndexOf(Names, text) is >= 0 and var index ? (SslMode)index : null;

    /// <summary>The mode that counts. As in libpq, asking for the system's authorities is asking for verification, and no mode is 'prefer'.</summary>
    /// <param name="connection">The connection.</param>
    public static SslMode EffectiveSslMode(this PgConnectionString connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.SslMode ?? (connection.UsesSystemRootCertificate ? SslMode.VerifyFull : SslMode.Prefer);
    }
}
