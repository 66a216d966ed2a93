using System.Management.Automation;
using System.Net;
using System.Security;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Readers;

namespace LangSmithPg.Binding;

/// <summary>
/// What a parameter takes for a connection: an object of this module, or a text in any accepted form. PowerShell converts by
/// constructor, and no constructor throws: a conversion error would show the text, secret and all.
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
        : this(new NetworkCredential("", text).Password)
    {
    }

    /// <summary>Takes an object that came back from another process, which has lost its password on the way.</summary>
    /// <param name="deserialized">The object.</param>
    public ConnectionInput(PSObject deserialized)
    {
        ArgumentNullException.ThrowIfNull(deserialized);
        _text = deserialized.BaseObject as string;
        IsDeserialized = deserialized.TypeNames.Contains($"Deserialized.{typeof(PgConnectionString).FullName}");
        Result = deserialized.BaseObject is PgConnectionString connection
            ? new(connection, Format: null, [])
            : PgConnectionString.Parse(_text);
    }

    /// <summary>What came of reading it.</summary>
    public ConnectionResult Result { get; }

    /// <summary>Whether it came back from another process.</summary>
    public bool IsDeserialized { get; }

    /// <summary>What each reader makes of it.</summary>
    public IReadOnlyList<ReaderVerdict> JudgeReaders() =>
        _text is null && Result.Connection is { } connection ? ConnectionStringReaders.Judge(connection) : ConnectionStringReaders.Judge(_text);

    /// <summary>The connection with its secrets masked.</summary>
    public override string ToString() => Result.Connection?.ToString() ?? Secret.Mask;
}
