namespace LangSmithPg.Connections;

/// <summary>What can be wrong with a connection. The name is the stable id of the error or warning.</summary>
public enum ConnectionProblem
{
    /// <summary>There is no text at all.</summary>
    EmptyText,

    /// <summary>The text is longer than any connection string.</summary>
    TextTooLong,

    /// <summary>The text is a connection string of something other than PostgreSQL, or of one driver alone.</summary>
    UnknownScheme,

    /// <summary>The text has white space around it, such as the line end of a file, which the chart passes on.</summary>
    SurroundingWhiteSpace,

    /// <summary>Quotes stand around the text, which belong to the file or script that it was copied from.</summary>
    SurroundingQuotes,

    /// <summary>The name of a variable stands in front of the text, as in a <c>.env</c> file.</summary>
    VariableAssignment,

    /// <summary>No host is named.</summary>
    EmptyHost,

    /// <summary>The host has characters that no host name has.</summary>
    InvalidHost,

    /// <summary>An IPv6 address stands without brackets, or its brackets do not match.</summary>
    UnbracketedIPv6,

    /// <summary>The host is a Unix socket, which no other machine reaches.</summary>
    UnixSocketHost,

    /// <summary>Several hosts are named, which LangSmith is not tested with.</summary>
    SeveralHosts,

    /// <summary>The port is not a number from 1 to 65535.</summary>
    InvalidPort,

    /// <summary>No user is named.</summary>
    EmptyUserName,

    /// <summary>No database is named.</summary>
    EmptyDatabase,

    /// <summary>The schema's name is empty or longer than PostgreSQL keeps.</summary>
    InvalidSchema,

    /// <summary>A percent sign is not followed by two hexadecimal digits, or the bytes it writes are not UTF-8.</summary>
    InvalidPercentEncoding,

    /// <summary>A character stands raw that one reader or another takes for something else.</summary>
    UnencodedCharacter,

    /// <summary>The text has a NUL character or half of a surrogate pair, which PostgreSQL cannot receive.</summary>
    InvalidCharacter,

    /// <summary>A parameter or keyword has no equals sign or no name.</summary>
    MalformedParameter,

    /// <summary>A quoted value never ends.</summary>
    UnterminatedQuote,

    /// <summary>A parameter is given more than once.</summary>
    DuplicateParameter,

    /// <summary>A parameter that libpq does not know and other drivers send to the server as a setting.</summary>
    UnknownParameter,

    /// <summary>A keyword of one driver that has no place in LangSmith's connection string.</summary>
    IgnoredKeyword,

    /// <summary>The TLS mode is none that exists.</summary>
    InvalidSslMode,

    /// <summary>The system's authorities are asked for without full verification, which libpq refuses.</summary>
    WeakSystemRootCertificate,

    /// <summary>The user's or database's name is the placeholder of a template.</summary>
    PlaceholderName,

    /// <summary>The password is the placeholder of a template.</summary>
    PlaceholderPassword,

    /// <summary>The password holds characters beyond ASCII that the drivers prepare in different ways.</summary>
    UnevenPassword,

    /// <summary>A password is specified, but the login uses IAM.</summary>
    PasswordWithIam,

    /// <summary>IAM sends a token, which must not cross the network without TLS.</summary>
    IamWithoutTls,
}
