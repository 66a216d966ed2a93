using System.Collections;
using System.Management.Automation;
using LangSmithPg.Binding.Clouds;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Reading;
using LangSmithPg.Errors;

namespace LangSmithPg.Binding;

/// <summary>Reads the connection that an object describes which is not of this module: a row of a table, a hashtable, a server as its cloud describes it.</summary>
static class ConnectionObject
{
    /// <summary>Reads it: what it says of a connection, or why it says nothing.</summary>
    /// <param name="given">The object.</param>
    public static (ConnectionColumns? Columns, ErrorRecord? Refusal) Read(PSObject given) =>
        given.BaseObject is PSCredential ? (null, ErrorRecords.CredentialAlone())
        : IsJson(given) ? (null, ErrorRecords.DeserializedConnection())
        : (CloudServerObject.Of(given) ?? ConnectionColumns.Of(given)) is { } columns ? (columns, null)
        : IsOneColumn(given) ? (null, ErrorRecords.WrongDelimiter())
        : (null, ErrorRecords.NotAConnection(given.TypeNames[0]));

    /// <summary>Finds the connections in a document that came as an object; none where it is something else.</summary>
    /// <param name="given">The object.</param>
    public static IReadOnlyList<FoundConnection> Find(PSObject given) =>
        given.BaseObject is not (PSCustomObject or IDictionary) || CloudServerObject.Of(given) is not null || ConnectionColumns.Of(given) is not null ? []
        : CloudServerDocument.Find(given) is { Count: > 0 } servers ? servers
        : DocumentObject.Of(given) is { } document ? [.. DocumentConnections.Find(document)]
        : [];

    /// <summary>Why the columns are not a connection, or null.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="row">The number of the row, or null where there is only one.</param>
    public static ErrorRecord? Problem(ConnectionColumns columns, int? row) =>
        columns.Unreadable is var (parameter, expected, meant) ? ErrorRecords.InvalidValue(parameter, expected, row, meant)
        : columns.Damaged is { } damaged ? ErrorRecords.DamagedText(damaged, row)
        : null;

    /// <summary>Whether it is a connection of this module that was written as JSON, without its password.</summary>
    /// <param name="given">The object.</param>
    public static bool IsJson(PSObject given) =>
        given.BaseObject is PSCustomObject && given.Properties[nameof(PgConnectionString.HasPassword)]?.Value is true && given.Properties[nameof(PgConnectionString.FileParameters)] is not null;

    // A table that another character separates: its first line is the name of its only column. The name is not shown, as it may be a line of values.
    static bool IsOneColumn(PSObject given) =>
        given.BaseObject is PSCustomObject && given.Properties.Take(2).ToArray() is [{ Name: var name }] && name.IndexOfAny([';', '\t', '|']) >= 0;
}
