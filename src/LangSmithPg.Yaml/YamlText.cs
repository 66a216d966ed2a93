using System.Globalization;
using System.Text;
using LangSmithPg.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LangSmithPg.Yaml;

/// <summary>Documents as YAML text that Helm, kubectl and every YAML 1.1 or 1.2 reader reads back to the very same values.</summary>
static class YamlText
{
    // A reader gives up on a key of more than 1024 characters as it is in the file, and an escaped character takes six.
    // A longer key is marked with "? ".
    const int MaximumSimpleKey = 1024 / 6;

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a document, with line feeds and a final one.</summary>
    /// <param name="document">The document.</param>
    /// <exception cref="EncoderFallbackException">A text has half of a surrogate pair, which no file holds.</exception>
    public static string Write(DocumentMap document)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };

        // As wide as it takes: a folded connection string is hard to compare by eye.
        var emitter = new Emitter(writer, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: MaximumSimpleKey, newLine: "\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(version: null, tags: null, isImplicit: true));
        Emit(emitter, document);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());

        // Only quoted texts have one. Go's YAML takes it for the beginning of a file wherever its buffer happens to begin with it.
        return writer.ToString().Replace("\uFEFF", @"\uFEFF", StringComparison.Ordinal);
    }

    // A value alone, on one line.
    internal static string WriteValue(DocumentScalar value)
    {
        const string Key = "k: ";
        var text = value is DocumentText { Value: var words } && words.Contains('\n', StringComparison.Ordinal)
            ? throw new ArgumentException("A multiline string cannot be set in place.", nameof(value))
            : Write(new([new("k", value)]));
        return text[Key.Length..].TrimEnd('\n');
    }

    static void Emit(Emitter emitter, DocumentNode node)
    {
        switch (node)
        {
            case DocumentMap map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, map.Entries.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in map.Entries)
                {
                    EmitText(emitter, key);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case DocumentList list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, list.Items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list.Items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case DocumentText text:
                EmitText(emitter, text.Value);
                break;
            default:
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, node.ToString()!, ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));
                break;
        }
    }

    static void EmitText(Emitter emitter, string text)
    {
        // The emitter would write half of a surrogate pair as an escape that no reader takes.
        StrictUtf8.GetByteCount(text);
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, StyleOf(text), isPlainImplicit: true, isQuotedImplicit: true));
    }

    static ScalarStyle StyleOf(string text) =>
        IsWord(text) ? ScalarStyle.Plain
        : IsBlock(text) ? ScalarStyle.Literal
        : ScalarStyle.DoubleQuoted;

    // Names, keys, hosts: what is usually not quoted. Anything with a meaning in YAML is quoted.
    static bool IsWord(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '/')
        && YamlScalars.IsTextUnquoted(text);

    // PEM and the like: several whole lines of printable ASCII. Anything odder is safer with escapes, and a single line is no shorter
    // as a block, where YamlDotNet would take "1" for a number.
    static bool IsBlock(string text) =>
        text.EndsWith('\n')
        && text.IndexOf('\n', StringComparison.Ordinal) < text.Length - 1
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && !char.IsWhiteSpace(text[0])
        && !text.Contains(" \n", StringComparison.Ordinal)
        && text.All(character => character is '\n' or (>= ' ' and <= '~'));
}
