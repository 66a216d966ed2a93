namespace LangSmithPg.Connections;

/// <summary>
/// The methods of a login that a connection allows, by their names in <c>require_auth</c>. Source: PostgreSQL 18,
/// src/interfaces/libpq/fe-connect.c.
/// </summary>
static class LoginMethods
{
    /// <summary>The password as it is.</summary>
    public const string Password = "password";

    /// <summary>A hash of the password.</summary>
    public const string Md5 = "md5";

    /// <summary>A proof of the password, for which the server gives one of its own.</summary>
    public const string Scram = "scram-sha-256";

    /// <summary>Nothing is asked for, or a client certificate alone.</summary>
    public const string None = "none";

    static readonly string[] All = [Password, Md5, "gss", "sspi", Scram, "oauth", None];

    static readonly string[] Possible = [Password, Md5, Scram, None];

    /// <summary>The allowed ones of those that this module has; null when libpq does not take the list.</summary>
    /// <param name="connection">The connection.</param>
    public static IReadOnlyList<string>? Of(PgConnectionString connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        // Of the methods, SCRAM alone can be bound to the TLS connection.
        var bound = connection["channel_binding"] == "require" ? new[] { Scram } : Possible;
        if (connection["require_auth"] is not { Length: > 0 } list)
        {
            return bound;
        }

        var names = list.Split(',');
        var forbids = names[0].StartsWith('!');
        var named = names.Select(name => name.StartsWith('!') ? name[1..] : name).ToList();
        return names.Any(name => name.StartsWith('!') != forbids) || !named.TrueForAll(All.Contains) || named.Distinct().Count() != named.Count
            ? null
            : bound.Where(method => named.Contains(method) != forbids).ToArray();
    }
}
