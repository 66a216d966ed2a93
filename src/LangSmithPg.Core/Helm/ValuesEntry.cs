using LangSmithPg.Common;
using LangSmithPg.Documents;

namespace LangSmithPg.Helm;

/// <summary>One value of an overlay.</summary>
public sealed class ValuesEntry
{
    internal ValuesEntry(ValuesPath path, DocumentScalar scalar, bool isSecret = false)
    {
        Path = path;
        Scalar = scalar;
        IsSecret = isSecret;
    }

    /// <summary>Its location.</summary>
    public ValuesPath Path { get; }

    /// <summary>Whether it is a secret.</summary>
    public bool IsSecret { get; }

    /// <summary>The value as shown: masked when it is a secret.</summary>
    public string Value => Redactor.Show(Scalar.ToString()!, IsSecret);

    /// <summary>The value as shown, as the text, number or truth value that it is: so that it survives the way through a job or a file.</summary>
    public object Typed => IsSecret ? Redactor.Mask : Scalar switch
    {
        DocumentFlag flag => flag.Value,
        DocumentNumber number => number.Value,
        _ => Scalar.ToString()!,
    };

    // Not public: formatters and serialisers walk public properties, and the value may be a secret.
    internal DocumentScalar Scalar { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Value}";
}
