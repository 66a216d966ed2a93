namespace LangSmithPg.Tls.Reading;

/// <summary>
/// Reads the blocks of a PEM text, and leaves what stands around them alone. .NET's own reader passes silently over a block that is
/// cut off, and knows no headers. Source: RFC 7468, and RFC 1421 for the headers.
/// </summary>
static class PemText
{
    const string Begin = "-----BEGIN ";
    const string End = "-----END ";
    const string Dashes = "-----";

    /// <summary>All blocks in order.</summary>
    /// <exception cref="CertificateException">A block is cut off or damaged.</exception>
    public static IReadOnlyList<PemBlock> Read(string text, string source)
    {
        List<PemBlock> blocks = [];
        var lines = text.Split('\n');
        for (var number = 0; number < lines.Length; number++)
        {
            if (LabelOf(lines[number], Begin) is not { } label)
            {
                continue;
            }

            var begin = number;
            while (++number < lines.Length && !lines[number].Contains(Dashes, StringComparison.Ordinal))
            {
            }

            blocks.Add(number < lines.Length && LabelOf(lines[number], End) == label
                ? ReadBlock(label, lines.AsSpan((begin + 1)..number), begin + 1, source)
                : throw Damaged(source, label, begin + 1, "is incomplete: its END line is missing or is not on a separate line"));
        }

        return blocks;
    }

    static PemBlock ReadBlock(string label, ReadOnlySpan<string> lines, int line, string source)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        var first = 0;
        for (; first < lines.Length && lines[first].Split(':', 2) is [var name, var value]; first++)
        {
            headers[name.Trim()] = value.Trim();
        }

        try
        {
            return new(label, headers, Convert.FromBase64String(string.Concat(lines[first..].ToArray())), line);
        }
        catch (FormatException)
        {
            throw Damaged(source, label, line, "is damaged: it is not Base64");
        }
    }

    static string? LabelOf(string line, string mark)
    {
        var trimmed = line.Trim();
        return trimmed.StartsWith(mark, StringComparison.Ordinal) && trimmed.EndsWith(Dashes, StringComparison.Ordinal) && trimmed.Length > mark.Length + Dashes.Length
            ? trimmed[mark.Length..^Dashes.Length]
            : null;
    }

    static CertificateException Damaged(string source, string label, int line, string what) => new(
        CertificateProblemKind.Damaged, source, $"The block{(PemBlock.IsLabel(label) ? $" {label}" : "")} on line {line} {what}.", "Copy the whole file again, with its line breaks.");
}
