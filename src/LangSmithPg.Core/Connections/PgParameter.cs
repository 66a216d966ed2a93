namespace LangSmithPg.Connections;

/// <summary>One parameter of a connection string, such as <c>sslmode=require</c>.</summary>
/// <param name="Name">Its name, decoded.</param>
/// <param name="Value">Its value, decoded.</param>
public sealed record PgParameter(string Name, string Value)
{
    /// <summary>Whether the value is a secret of its own, such as the passphrase of a client key.</summary>
    public bool IsSecret => ParameterNames.IsSecret(Name);

    /// <summary>The URL form; a secret value is masked.</summary>
    public override string ToString() => ToText(reveal: false);

    internal string ToText(bool reveal) =>
        $"{PercentEncoding.Encode(Name)}={(IsSecret && !reveal ? Secret.Mask : PercentEncoding.Encode(Value))}";
}
