using LangSmithPg.Common;

namespace LangSmithPg.Connections;

/// <summary>One parameter of a connection string, such as <c>sslmode=require</c>. It shows itself with a secret value masked.</summary>
public sealed record PgParameter
{
    readonly string _value;

    /// <summary>Makes a parameter.</summary>
    /// <param name="name">Its name, decoded.</param>
    /// <param name="value">Its value, decoded.</param>
    public PgParameter(string name, string value)
    {
        Name = name;
        _value = value;
    }

    /// <summary>Its name, decoded.</summary>
    public string Name { get; }

    /// <summary>Its value as shown: masked when it is a secret.</summary>
    public string Value => Redactor.Show(_value, IsSecret);

    /// <summary>Whether the value is a secret of its own, such as the passphrase of a client key.</summary>
    public bool IsSecret => ParameterNames.IsSecret(Name);

    /// <summary>The value itself, decoded. Call it only where it is handed to its receiver.</summary>
    public string Reveal() => _value;

    /// <summary>The URL form; a secret value is masked.</summary>
    public override string ToString() => ToText(reveal: false);

    internal string ToText(bool reveal) =>
        $"{PercentEncoding.Encode(Name)}={(IsSecret && !reveal ? Redactor.Mask : PercentEncoding.Encode(_value))}";
}
