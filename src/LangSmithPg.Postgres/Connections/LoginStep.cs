namespace LangSmithPg.Postgres.Connections;

/// <summary>How far a login has come.</summary>
enum LoginStep
{
    /// <summary>Not even a TCP connection, as far as is known.</summary>
    None,

    /// <summary>There is a TCP connection.</summary>
    Connected,

    /// <summary>TLS has begun.</summary>
    Tls,

    /// <summary>TLS is up, or the server has asked for the password.</summary>
    Login,

    /// <summary>The user is in.</summary>
    In,
}
