using System.Management.Automation;
using System.Net;
using System.Security;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Connections.Reading;
using LangSmithPg.Databases;
using LangSmithPg.Errors;

namespace LangSmithPg.Binding;

/// <summary>
/// What a parameter accepts as a connection: an object of this module, a text in any accepted form, or an object that describes one, such as a
/// row of a CSV file. PowerShell converts by constructor, and no constructor throws: a conversion error would show the text, including the
/// secret.
/// </summary>
public sealed class ConnectionInput
{
    // null: a connection that has no text yet, and is judged by the one that this module would write.
    readonly string? _text;
    readonly ConnectionColumns? _columns;

    /// <summary>The connection of a variable that was never set: none.</summary>
    internal static readonly ConnectionInput Null = new(ErrorRecords.ConnectionIsNull());

    ConnectionInput(ErrorRecord refusal) => (Result, Refusal) = (PgConnectionString.Parse(text: null), refusal);

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

    /// <summary>
    /// Takes anything else: a secure string, a URL, a row of a table, a hashtable, a server of a cloud's module, a file, a document, or a
    /// connection that lost its password on the way from another process.
    /// </summary>
    /// <param name="value">The object.</param>
    public ConnectionInput(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var given = PSObject.AsPSObject(value);
        var connection = given.BaseObject as PgConnectionString;
        _text = given.BaseObject switch { SecureString secure => Plain(secure), Uri url => url.OriginalString, var other => other as string };
        if (connection is not null || _text is not null)
        {
            Result = connection is null ? PgConnectionString.Parse(_text) : new(connection, Format: null, []);
            return;
        }

        Result = PgConnectionString.Parse(text: null);
        if (given.BaseObject is ReleaseDatabase database)
        {
            (Result, Refusal) = database.Connection is null ? (Result, ErrorRecords.ConnectionNotInValues(database)) : (new(database.Connection, Format: null, []), null);
            return;
        }

        if (given.BaseObject is FileInfo file)
        {
            File = file.FullName;
            return;
        }

        Found = ConnectionObject.Find(given);
        if (Found.Count > 0)
        {
            return;
        }

        (_columns, Refusal) = Rehydration.TypeOf(given) == typeof(PgConnectionString)
            ? (null, ErrorRecords.DeserializedConnection())
            : ConnectionObject.Read(given);
        IsRow = _columns is not null && given.BaseObject is PSCustomObject;
        Refusal ??= ConnectionObject.Problem(_columns!, row: null);
        Result = Refusal is null ? _columns!.ToPartial().Complete() : Result;
    }

    /// <summary>What came of reading it.</summary>
    public ConnectionResult Result { get; }

    /// <summary>The text where it can be no more than a host; null otherwise. A connection holds a password, which no DNS server is to be asked for.</summary>
    internal string? Host => !string.IsNullOrWhiteSpace(_text) && _text.IndexOfAny(['@', '/', '=']) < 0 ? _text : null;

    /// <summary>The file that holds the connection, or null.</summary>
    internal string? File { get; }

    /// <summary>The connections that were found in it, where it is a document, such as a Secret as <c>ConvertFrom-Json</c> gives it.</summary>
    internal IReadOnlyList<FoundConnection> Found { get; } = [];

    /// <summary>The text where it is a file's, or its first line, and not a connection string; null otherwise.</summary>
    internal string? DocumentText => _text is not null && TextKinds.IsDocument(_text) ? _text : null;

    /// <summary>Whether it is the first line of a CSV file.</summary>
    internal bool IsHeader => ConnectionColumns.IsHeader(_text);

    /// <summary>The text as it was given, or null.</summary>
    internal string? Text => _text;

    /// <summary>Whether it is a row of a table, of which there may be many.</summary>
    internal bool IsRow { get; }

    /// <summary>Why it is not a connection; null if it is a connection, text, or an object that describes one.</summary>
    internal ErrorRecord? Refusal { get; }

    /// <summary>Why row number <paramref name="row"/> is not a connection; null as in <see cref="Refusal"/>.</summary>
    internal ErrorRecord? RefusalOf(int row) => _columns is null ? Refusal : ConnectionObject.Problem(_columns, row);

    /// <summary>The connection with changes; of a row or a host alone, with what it does not say.</summary>
    /// <param name="changes">The changes.</param>
    internal ConnectionResult With(PartialConnection changes) =>
        changes.IsEmpty || Refusal is not null ? Result
        : _columns is not null && Refusal is null ? changes.Or(_columns.ToPartial()).Complete()
        : Host is { } host && changes is { HostName: null, Database: not null } ? (changes with { HostName = host }).Complete()
        : _text is not null ? PgConnectionString.Parse(_text, changes)
        : Result.Connection?.With(changes) ?? Result;

    /// <summary>How each driver interprets it.</summary>
    public IReadOnlyList<DriverVerdict> CheckDrivers() =>
        _text is null && Result.Connection is { } connection ? DriverCheck.Evaluate(connection) : DriverCheck.Evaluate(_text);

    /// <summary>The connection with its secrets masked.</summary>
    public override string ToString() => Result.Connection?.ToString() ?? Redactor.Mask;

    static string Plain(SecureString text) => new NetworkCredential("", text).Password;
}
