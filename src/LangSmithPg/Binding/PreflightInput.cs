using System.Management.Automation;
using System.Security;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Helm;

namespace LangSmithPg.Binding;

/// <summary>
/// What a parameter accepts as LangSmith's connection to PostgreSQL: values for Helm, or a connection that lies in a Secret.
/// As with <see cref="ConnectionInput"/>, no constructor throws: a conversion error would show the text, including the secret.
/// </summary>
public sealed class PreflightInput
{
    /// <summary>Takes values.</summary>
    /// <param name="values">The values.</param>
    public PreflightInput(HelmValues values) => Values = values;

    /// <summary>Takes a connection.</summary>
    /// <param name="connection">The connection.</param>
    public PreflightInput(PgConnectionString connection) => Connection = new(connection);

    /// <summary>Takes a connection as text in any common form.</summary>
    /// <param name="text">The text.</param>
    public PreflightInput(string text) => Connection = new(text);

    /// <summary>Takes a connection as text that is kept as a secure string.</summary>
    /// <param name="text">The text.</param>
    public PreflightInput(SecureString text) => Connection = new(text);

    /// <summary>Takes anything else, such as values that came back from another process.</summary>
    /// <param name="given">The object.</param>
    public PreflightInput(PSObject given)
    {
        ArgumentNullException.ThrowIfNull(given);
        Values = given.BaseObject as HelmValues ?? Rehydration.Read<HelmValues>(given);
        Connection = Values is null ? new(given) : null;
        Refusal = Values is null && Rehydration.TypeOf(given) is { } type && type == typeof(HelmValues) ? ErrorRecords.Deserialized(type, given) : Connection?.Refusal;
    }

    /// <summary>The values; null where there is a connection.</summary>
    public HelmValues? Values { get; }

    /// <summary>The connection; null where there are values.</summary>
    public ConnectionInput? Connection { get; }

    /// <summary>Why it is neither; null when it is one.</summary>
    internal ErrorRecord? Refusal { get; }

    /// <summary>What it is, with its secrets masked.</summary>
    public override string ToString() => $"{Values}{Connection}";
}
