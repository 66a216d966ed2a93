using System.Text.RegularExpressions;
using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Files;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Editing;
using YamlDotNet.Core;

namespace LangSmithPg.Yaml.Editing;

/// <summary>
/// Sets values in the text of a values file and keeps every other character: comments, order, quotes, indentation, line ends. What it
/// wrote is read again and compared: the result is the old document with only the requested change, or an error.
/// </summary>
sealed partial class ValuesEditor
{
    const char ByteOrderMark = '\uFEFF';

    readonly string _text;
    readonly string _lineEnd;
    readonly int _step;
    readonly List<TextEdit> _edits = [];
    readonly List<ValuesChange> _changes = [];
    readonly Dictionary<ValuesPath, ValuesEntry> _entries;

    ValuesEditor(string text, SyntaxNode? root, HelmValues values)
    {
        _text = text;
        _lineEnd = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        _step = Indentation.Of(root);
        _entries = values.Entries.ToDictionary(entry => entry.Path);
    }

    /// <summary>Sets values.</summary>
    /// <param name="text">Text of the values file; a byte order mark stays where it is.</param>
    /// <param name="values">What to set.</param>
    /// <exception cref="FileEditException">The file cannot be edited without harm.</exception>
    internal static ValuesEdit Apply(string text, HelmValues values)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(values);
        // YAML positions start after the mark.
        var mark = text.StartsWith(ByteOrderMark) ? text[..1] : "";
        text = text[mark.Length..];
        RefuseOddLineEnds(text);
        var root = SyntaxTree.Read(text);
        var editor = new ValuesEditor(text, root, values);
        var document = values.ToDocument();
        editor.MergeRoot(root, document);
        var edited = TextEdit.Apply(text, editor._edits);
        EditVerification.Verify(root, edited, document);
        return new(mark + edited, [.. editor._changes.OrderBy(change => change.Line)], UnifiedDiff.Create(text, editor._edits, Redactor.RedactLine));
    }

    // To YAML 1.1 they end a line, to YAML 1.2 and to most editors they do not.
    static void RefuseOddLineEnds(string text)
    {
        if (OddLineEnd().Match(text) is { Success: true } odd)
        {
            var before = text.AsSpan(0, odd.Index);
            throw new FileEditException(
                FileProblemKind.OddLineEnd, $"This line contains the character U+{(int)odd.Value[0]:X4}, which some YAML parsers treat as a line break and others do not.",
                "Replace it with a line feed, or remove it.", 1 + before.Count('\n'), odd.Index - before.LastIndexOf('\n'));
        }
    }

    [GeneratedRegex("\r(?!\n)|[\u0085\u2028\u2029]")]
    private static partial Regex OddLineEnd();

    void MergeRoot(SyntaxNode? root, DocumentMap document)
    {
        if (root is null)
        {
            Insert(_text.Length, document, new([], Column: 0, NeedsLineEnd(_text.Length)));
        }
        else if (root is SyntaxMap { IsFlow: true, Entries.Count: 0, Anchor.Length: 0, Tag.Length: 0 } && LineRest(root.Span.End).Length == 0)
        {
            var block = new BlockText(_entries, new([], Column: 0, NeedsLineEnd: false), _step, _lineEnd).Write(document);
            _edits.Add(new(root.Span, block.Text.TrimEnd(), block.Shown.TrimEnd(), IsSecret: false));
            Note(document, [], root.Place.Line);
        }
        else
        {
            Merge(root, document, []);
        }
    }

    void Merge(SyntaxNode node, DocumentMap document, IReadOnlyList<string> path)
    {
        var map = Maps.Require(node, path);
        List<KeyValuePair<string, DocumentNode>> missing = [];
        foreach (var (key, value) in document.Entries)
        {
            if (Maps.Find(map, key) is not { } found)
            {
                missing.Add(new(key, value));
                continue;
            }

            IReadOnlyList<string> below = [.. path, key];
            Maps.RefuseShared(found.Value, below);
            if (value is DocumentScalar scalar)
            {
                Set(map, found, scalar, below);
            }
            else if (found.Value is SyntaxScalar { IsNull: true } or SyntaxMap { IsFlow: true, Entries.Count: 0 })
            {
                Expand(map, found, (DocumentMap)value, below);
            }
            else
            {
                Merge(found.Value, (DocumentMap)value, below);
            }
        }

        if (missing.Count > 0)
        {
            Maps.RefuseMerged(map, path);
            Add(map, new(missing), path);
        }
    }

    void Set(SyntaxMap map, (SyntaxNode Key, SyntaxNode Value) found, DocumentScalar value, IReadOnlyList<string> path)
    {
        var isEmptyMap = found.Value is SyntaxMap { IsFlow: true, Entries.Count: 0 };
        if (found.Value is not SyntaxScalar && !isEmptyMap)
        {
            throw Maps.Problem(FileProblemKind.NotAValue, found.Value, path, "is a map or list, but a single value is to be set", "Remove it, or set the values below it.");
        }

        var old = found.Value as SyntaxScalar;
        if (old is not null && ValueText.Means(old, value) && old.Tag.Length == 0)
        {
            return;
        }

        if (found.Value.Tag.Length > 0)
        {
            throw Maps.Problem(FileProblemKind.Tagged, found.Value, path, $"has the tag {found.Value.Tag}", "Remove the tag, or set the value manually.");
        }

        var entry = _entries[new(path)];
        var written = ValueText.Write(value, old?.Style ?? ScalarStyle.Any);
        var isConflict = old is not null && !old.IsNull && old.Value.Length > 0;
        _changes.Add(new(
            entry.Path, found.Value.Place.Line, !isConflict ? null : IsSecret(entry) ? Redactor.Mask : old!.Value, entry.Value, isConflict));
        // In a flow map, no value is written without quotes that could be taken for its syntax.
        Replace(found, map.IsFlow && value is DocumentText text && written == text.Value ? ValueText.Write(text, ScalarStyle.DoubleQuoted) : written, entry);
    }

    void Replace((SyntaxNode Key, SyntaxNode Value) found, string written, ValuesEntry entry)
    {
        var span = found.Value.Span;
        // There must be a space after a colon, and before a comment too.
        var before = _text[span.Start - 1] == ':' ? " " : "";
        var behind = span.End < _text.Length && _text[span.End] == '#' ? " " : "";
        if (found.Value is SyntaxScalar { Style: ScalarStyle.Literal or ScalarStyle.Folded })
        {
            // The text of a block goes to the beginning of a later line.
            var end = span.End;
            while (end > span.Start && char.IsWhiteSpace(_text[end - 1]))
            {
                end--;
            }

            span = TextSpan.FromBounds(span.Start, end);
        }

        var shown = entry.IsSecret ? Redactor.Mask : written;
        _edits.Add(new(span, before + written + behind, before + shown + behind, IsSecret(entry)));
    }

    // An empty place or {} becomes a map.
    void Expand(SyntaxMap map, (SyntaxNode Key, SyntaxNode Value) found, DocumentMap value, IReadOnlyList<string> path)
    {
        if (found.Value.Tag.Length > 0)
        {
            throw Maps.Problem(FileProblemKind.Tagged, found.Value, path, $"has the tag {found.Value.Tag}", "Remove the tag, or set the value manually.");
        }

        var span = found.Value.Span;
        if (map.IsFlow)
        {
            var flow = new FlowText(_entries, path).Write(value);
            var blank = _text[span.Start - 1] == ':' ? " " : "";
            _edits.Add(new(span, $"{blank}{{{flow.Text}}}", $"{blank}{{{flow.Shown}}}", IsSecret: false));
            Note(value, path, found.Value.Place.Line);
            return;
        }

        if (span.Length > 0)
        {
            // The space before it is removed too, unless a comment follows.
            var start = span.Start;
            while (LineRest(span.End).Length == 0 && _text[start - 1] is ' ')
            {
                start--;
            }

            _edits.Add(new(TextSpan.FromBounds(start, span.End), "", "", IsSecret: false));
        }

        var at = AfterBlankEnd(LineEndFrom(span.End));
        Insert(at, value, new(path, IndentOf(found.Key) + _step, NeedsLineEnd(at)));
    }

    void Add(SyntaxMap map, DocumentMap missing, IReadOnlyList<string> path)
    {
        if (map.IsFlow)
        {
            var flow = new FlowText(_entries, path).Write(missing);
            var (at, comma) = map.Entries.Count == 0 ? (map.Span.Start + 1, "") : (map.Entries[^1].Value.Span.End, ", ");
            _edits.Add(new(new(at, 0), comma + flow.Text, comma + flow.Shown, IsSecret: false));
            Note(missing, path, map.Place.Line);
            return;
        }

        var indent = IndentOf(map.Entries[0].Key);
        // The key may be on a line below its indicator.
        var column = map is { Anchor.Length: 0, Tag.Length: 0 } ? Math.Min(indent, map.Place.Column - 1) : indent;
        var end = AfterBlankEnd(BlockEnd(map, column));
        if (NeedsLineEnd(end) && Maps.LastBlock(map) is { } open)
        {
            throw Maps.Problem(
                FileProblemKind.OpenBlock, open, path, "is a multiline string at the end of the file without a final line break: text that is added after it would change it",
                "Add a line break at the end of the file.");
        }

        Insert(end, missing, new(path, column, NeedsLineEnd(end)));
    }

    // After the map's last line, and after the comments below it at its own indentation.
    int BlockEnd(SyntaxMap map, int column)
    {
        var last = map.Span.End;
        // A block scalar ends with its line, and the blank lines after it.
        while (last > map.Span.Start && _text[last - 1] is '\n' or '\r' or ' ' or '\t')
        {
            last--;
        }

        var end = KeepsBlankLines(map) ? map.Span.End : LineEndFrom(last);
        for (var next = end; next < _text.Length;)
        {
            var lineEnd = LineEndFrom(next);
            var line = _text.AsSpan(next, lineEnd - next);
            var indent = line.IndexOfAnyExcept(' ');
            if (indent < column || indent < 0 || line[indent] != '#')
            {
                break;
            }

            end = next = lineEnd;
        }

        return end;
    }

    // A last line of spaces and tabs without a line break would become part of what is written before it.
    int AfterBlankEnd(int at) => _text.AsSpan(at) is { Length: > 0 } rest && rest.IndexOfAnyExcept(' ', '\t') < 0 ? _text.Length : at;

    // With the indicator + a block scalar includes the blank lines after it.
    bool KeepsBlankLines(SyntaxNode node) => Maps.LastBlock(node) is { } block
        && _text.AsSpan(block.Span.Start, block.Span.Length) is var span
        && span[..(span.IndexOf('\n') is >= 0 and var line ? line : span.Length)].Contains('+');

    void Insert(int at, DocumentMap values, BlockPlace place)
    {
        var block = new BlockText(_entries, place, _step, _lineEnd).Write(values);
        _edits.Add(new(new(at, 0), block.Text, block.Shown, IsSecret: false));
        Note(values, place.Path, 1 + _text.AsSpan(0, at).Count('\n') + (place.NeedsLineEnd ? 1 : 0));
    }

    void Note(DocumentMap values, IReadOnlyList<string> path, int line)
    {
        foreach (var (key, value) in values.Entries)
        {
            IReadOnlyList<string> below = [.. path, key];
            if (value is DocumentMap map)
            {
                Note(map, below, line);
            }
            else
            {
                var entry = _entries[new(below)];
                _changes.Add(new(entry.Path, line, OldValue: null, entry.Value, IsConflict: false));
            }
        }
    }

    // The old value may be a secret even if the new one is not.
    static bool IsSecret(ValuesEntry entry) => entry.IsSecret || Redactor.IsSecretKey(entry.Path.Keys[^1]);

    // Of the line: the indicator "? " may precede a key.
    int IndentOf(SyntaxNode key)
    {
        var start = 0;
        for (var line = 1; line < key.Place.Line; line++)
        {
            start = LineEndFrom(start);
        }

        var indent = Math.Max(0, _text.AsSpan(start).IndexOfAnyExcept(' '));
        return start + indent < _text.Length && _text[start + indent] == '\t'
            ? throw new FileEditException(
                FileProblemKind.SyntaxError, "This line is indented with a tab, but YAML allows only spaces.", "Replace the tab with spaces.", key.Place.Line, indent + 1)
            : indent;
    }

    bool NeedsLineEnd(int at) => at == _text.Length && at > 0 && _text[at - 1] != '\n';

    string LineRest(int from) => _text[from..LineEndFrom(from)].Trim();

    int LineEndFrom(int from) => _text.IndexOf('\n', from) is >= 0 and var end ? end + 1 : _text.Length;
}
