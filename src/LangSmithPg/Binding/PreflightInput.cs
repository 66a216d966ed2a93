using System.Management.Automation;
using System.Security;
using LangSmithPg.Connections;
using LangSmithPg.Helm;

namespace LangSmithPg.Binding;

/// <summary>
/// What a parameter takes for the way to PostgreSQL that LangSmith is to have: values for Helm, or a connection that lies in a Secret.
/// As with <see cref="ConnectionInput"/>, no constructor throws: a conversion error would show a text, secret and all.
/// </summary>
public sealed class PreflightInput
{
    /// <summary>Takes values.</summary>
    /// <param name="values">The values.</param>
    public PreflightInput(HelmValues values) => Values = values;

    /// <summary>Takes a connection.</summary>
    /// <param name="connection">The connection.</param>
    public PreflightInput(PgConnectionString connection) => Connection = new(connection);

    /// <summary>Takes a connection as text in any form that people keep.</summary>
    /// <param name="text">The text.</param>
    public PreflightInput(string text) => Connection = new(text);

    /// <summary>Takes a connection as text that is kept as a secure string.</summary>
    /// <param name="text">The text.</param>
    public PreflightInput(SecureString text) => Connection = new(text);

    /// <summary>Takes an object that came back from another process.</summary>
    /// <param name="deserialized">The object.</param>
    public PreflightInput(PSObject deserialized)
    {
        ArgumentNullException.ThrowIfNull(deserialized);
        Values = deserialized.BaseObject as HelmValues;
        Connection = Values is null ? new(deserialized) : null;
    }

    /// <summary>The values; null where there is a connection.</summary>
    public HelmValues? Values { get; }

    /// <summary>The connection; null where there are values.</summary>
    public ConnectionInput? Connection { get; }

    /// <summary>What it is, with its secrets masked.</summary>
    public override string ToString() => $"{Values}{Connection}";
}
