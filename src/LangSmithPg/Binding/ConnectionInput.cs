using System.Management.Automation;
using System.Net;
using System.Security;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Errors;

namespace LangSmithPg.Binding;

/// <summary>
/// What a parameter accepts as a connection: an object of this module, or a text in any accepted form. PowerShell converts by
/// constructor, and no constructor throws: a conversion error would show the text, including the secret.
/// </summary>
public sealed class ConnectionInput
{
    // null: a connection that has no text yet, and is judged by the one that this module would write.
    readonly string? _text;

    /// <summary>Takes a connection.</summary>
    /// <param name="connection">The connection.</param>
    public ConnectionInput(PgConnectionString connection) => Result = new(connection, Format: null, []);

    /// <summary>Takes a text in any <see cref="ConnectionStringFormat"/>.</summary>
    /// <param name="text">The text.</param>
    public ConnectionInput(string text)
    {
        Result = PgConnectionString.Parse(text);
        _text = text;
    }

    /// <summary>Takes a text in any <see cref="ConnectionStringFormat"/> that is kept as a secure string.</summary>
    /// <param name="text">The text.</param>
    public ConnectionInput(SecureString text)
        : this(Plain(text))
    {
    }

    /// <summary>Takes anything else, such as a row of a table, or a connection that lost its password on the way from another process.</summary>
    /// <param name="given">The object.</param>
    public ConnectionInput(PSObject given)
    {
        ArgumentNullException.ThrowIfNull(given);
        var connection = given.BaseObject as PgConnectionString;
        _text = given.BaseObject is SecureString secure ? Plain(secure) : given.BaseObject as string;
        Result = connection is null ? PgConnectionString.Parse(_text) : new(connection, Format: null, []);
        Refusal = connection is not null || _text is not null ? null
            : Rehydration.TypeOf(given) == typeof(PgConnectionString) ? ErrorRecords.DeserializedConnection()
            : ErrorRecords.NotAConnection(given.TypeNames[0], CsvColumnNames.Of(given));
    }

    /// <summary>What came of reading it.</summary>
    public ConnectionResult Result { get; }

    /// <summary>The text where it can be no more than a host; null otherwise. A connection holds a password, which no DNS server is to be asked for.</summary>
    internal string? Host => _text?.IndexOfAny(['@', '/', '=']) < 0 ? _text : null;

    /// <summary>Why it is not a connection; null if it is a connection or text.</summary>
    internal ErrorRecord? Refusal { get; }

    /// <summary>How each driver interprets it.</summary>
    public IReadOnlyList<DriverVerdict> CheckDrivers() =>
        _text is null && Result.Connection is { } connection ? DriverCheck.Evaluate(connection) : DriverCheck.Evaluate(_text);

    /// <summary>The connection with its secrets masked.</summary>
    public override string ToString() => Result.Connection?.ToString() ?? Redactor.Mask;

    static string Plain(SecureString text) => new NetworkCredential("", text).Password;
}
