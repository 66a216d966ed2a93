namespace LangSmithPg.Tls.Reading;

/// <summary>One block of a PEM text.</summary>
/// <param name="Label">What it is, such as <c>CERTIFICATE</c>.</param>
/// <param name="Headers">The headers of an old-fashioned encrypted key; empty otherwise.</param>
/// <param name="Bytes">What it holds.</param>
/// <param name="Line">Line on which it begins, from 1.</param>
sealed record PemBlock(string Label, IReadOnlyDictionary<string, string> Headers, byte[] Bytes, int Line)
{
    /// <summary>Whether a label is one as they are in use, and may be shown: in a file that is cut up, anything can stand there.</summary>
    public static bool IsLabel(string label) => label.Length <= 40 && label.All(one => char.IsAsciiLetterUpper(one) || char.IsAsciiDigit(one) || one is ' ' or '#');

    /// <summary>Whether it holds a private key, of any kind.</summary>
    public bool IsPrivateKey => Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal);
}
