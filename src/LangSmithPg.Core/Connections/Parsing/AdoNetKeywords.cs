using System.Collections.Frozen;

namespace LangSmithPg.Connections.Parsing;

/// <summary>Npgsql's keywords and the libpq names that mean the same. Source: Npgsql documentation, "Connection String Parameters".</summary>
static class AdoNetKeywords
{
    public const string SearchPath = "search path";
    public const string Encrypt = "encrypt";

    // null: a setting of the .NET driver alone, which LangSmith has no use for.
    static readonly FrozenDictionary<string, string?> Names = new Dictionary<string, string?>
    {
        ["application name"] = "application_name",
        ["channel binding"] = "channel_binding",
        ["client encoding"] = "client_encoding",
        ["command timeout"] = null,
        ["data source"] = "host",
        ["database"] = "dbname",
        // SQL Server's: Optional or false, Mandatory or true, Strict.
        ["encrypt"] = Encrypt,
        ["db"] = "dbname",
        ["enlist"] = null,
        ["host"] = "host",
        ["initial catalog"] = "dbname",
        ["integrated security"] = null,
        ["keepalive"] = null,
        ["maximum pool size"] = null,
        ["minimum pool size"] = null,
        ["multiplexing"] = null,
        ["options"] = "options",
        ["passfile"] = "passfile",
        ["password"] = "password",
        ["persist security info"] = null,
        ["pooling"] = null,
        ["port"] = "port",
        ["psw"] = "password",
        ["pwd"] = "password",
        ["root certificate"] = "sslrootcert",
        ["search path"] = SearchPath,
        ["server"] = "host",
        ["ssl certificate"] = "sslcert",
        ["ssl key"] = "sslkey",
        ["ssl mode"] = "sslmode",
        ["ssl password"] = "sslpassword",
        ["target session attributes"] = "target_session_attrs",
        ["timeout"] = "connect_timeout",
        ["trust server certificate"] = null,
        ["uid"] = "user",
        ["user"] = "user",
        ["user id"] = "user",
        ["user name"] = "user",
    }.ToFrozenDictionary(pair => Key(pair.Key), pair => pair.Value, StringComparer.Ordinal);

    public static bool IsKnown(string keyword) => Names.ContainsKey(Key(keyword));

    /// <summary>The libpq name, or null when the keyword has none.</summary>
    public static string? ToLibpq(string keyword) => Names.GetValueOrDefault(Key(keyword));

    /// <summary>Npgsql writes <c>VerifyFull</c> where libpq writes <c>verify-full</c>.</summary>
    public static string ToLibpqSslMode(string value) => Key(value.Replace("-", "", StringComparison.Ordinal)) switch
    {
        "verifyca" => SslMode.VerifyCa.ToText(),
        "verifyfull" => SslMode.VerifyFull.ToText(),
        var other => other,
    };

    /// <summary>The TLS mode that SQL Server's keyword <c>Encrypt</c> asks for; null where it asks for none.</summary>
    public static string? ToSslMode(string encrypt) => encrypt.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "mandatory" => SslMode.Require.ToText(),
        "strict" => SslMode.VerifyFull.ToText(),
        _ => null,
    };

    // Case and spaces make no difference: "User Id", "UserID", "userid".
    static string Key(string keyword) => keyword.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
