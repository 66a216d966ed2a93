namespace LangSmithPg.Connections;

/// <summary>
/// The versions of TLS that a connection allows, of those that are safe: TLS before 1.2 is never spoken. Source: PostgreSQL 18, libpq
/// "ssl_min_protocol_version" and "ssl_max_protocol_version".
/// </summary>
/// <param name="Allows12">Whether TLS 1.2 is among them.</param>
/// <param name="Allows13">Whether TLS 1.3 is.</param>
readonly record struct TlsVersionRange(bool Allows12, bool Allows13)
{
    const int Oldest = 0;
    const int Newest = 3;

    static readonly string[] Names = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

    /// <summary>The range of a connection whose values are ones that libpq takes.</summary>
    /// <param name="connection">The connection.</param>
    public static TlsVersionRange Of(PgConnectionString connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var (first, last) = (Index("ssl_min_protocol_version", Oldest), Index("ssl_max_protocol_version", Newest));
        return new(first <= 2 && last >= 2, first <= 3 && last >= 3);

        int Index(string name, int absent) => connection[name] is { Length: > 0 } text
            ? Array.FindIndex(Names, one => one.Equals(text, StringComparison.OrdinalIgnoreCase))
            : absent;
    }
}
