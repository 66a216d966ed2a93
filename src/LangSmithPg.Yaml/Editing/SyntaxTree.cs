using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LangSmithPg.Common;
using LangSmithPg.Files;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LangSmithPg.Yaml.Editing;

/// <summary>Parses YAML text into nodes with their positions.</summary>
sealed partial class SyntaxTree
{
    const int MaximumLength = 16 * 1024 * 1024;

    // Values files have a few levels; the scanner takes longer for each one the more there are.
    const int MaximumDepth = ShallowParser.MostLevels;

    readonly Parser _parser;
    readonly string _text;
    int _depth;

    SyntaxTree(string text)
    {
        _text = text;
        _parser = new(new StringReader(text));
    }

    /// <summary>The root of the one document; null when there is none, as in a file of comments.</summary>
    /// <exception cref="FileEditException">The text is not valid YAML, contains several documents, or is too long.</exception>
    public static SyntaxNode? Read(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw new FileEditException(
                FileProblemKind.FileTooLarge, $"The file is larger than {MaximumLength / 1024 / 1024} MiB, which is too large for a values file.", "Check the path.");
        }

        if (YamlHazards.Find(text) is var (hazard, message))
        {
            var before = text.AsSpan(0, hazard);
            throw new FileEditException(FileProblemKind.SyntaxError, message, "Remove it.", 1 + before.Count('\n'), hazard - before.LastIndexOf('\n'));
        }

        var document = new SyntaxTree(text);
        try
        {
            return document.ReadRoot();
        }
        catch (InsufficientExecutionStackException)
        {
            throw TooDeep(document._parser.Current?.Start ?? Mark.Empty);
        }
        catch (YamlException) when (TabIndent().Match(text) is { Success: true } tab)
        {
            throw new FileEditException(
                FileProblemKind.SyntaxError, "This line is indented with a tab, but YAML allows only spaces.", "Replace the tab with spaces.",
                1 + text.AsSpan(0, tab.Index).Count('\n'), tab.Length);
        }
        catch (YamlException exception)
        {
            throw new FileEditException(
                FileProblemKind.SyntaxError, $"This is not valid YAML: {Sentence(exception.Message)}", "Fix the file: Helm cannot read it either.",
                (int)exception.Start.Line, (int)exception.Start.Column);
        }
        catch (Exception exception) when (YamlFaults.IsSyntax(exception))
        {
            var reached = document._parser.Current?.End ?? Mark.Empty;
            throw new FileEditException(
                FileProblemKind.SyntaxError, "The YAML is not valid at or after this position.", "Fix the file: Helm cannot read it either.", (int)reached.Line, (int)reached.Column);
        }
    }

    SyntaxNode? ReadRoot()
    {
        Next<StreamStart>();
        SyntaxNode? root = null;
        while (_parser.Current is DocumentStart start)
        {
            _parser.MoveNext();
            var node = ReadNode();
            Next<DocumentEnd>();
            if (root is not null)
            {
                throw new FileEditException(
                    FileProblemKind.SeveralDocuments, "Another document begins here, but Helm reads only one.", "Put each document into a separate file.",
                    (int)start.Start.Line, (int)start.Start.Column);
            }

            root = node;
        }

        return root is SyntaxScalar { IsNull: true } ? null : root;
    }

    SyntaxNode ReadNode()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var current = _parser.Current!;
        if (++_depth > MaximumDepth)
        {
            throw TooDeep(current.Start);
        }

        _parser.MoveNext();
        SyntaxNode node = current switch
        {
            AnchorAlias alias => new SyntaxAlias(SpanOf(alias, alias), PlaceOf(alias), alias.Value.Value),
            Scalar scalar => new SyntaxScalar(ContentOf(scalar), PlaceOf(scalar), Anchor(scalar), Tag(scalar), scalar.Value, scalar.Style),
            MappingStart map => ReadMap(map),
            SequenceStart list => ReadList(list),
            _ => throw new YamlException(current.Start, current.End, "A node is missing here."),
        };
        _depth--;
        return node;
    }

    static FileEditException TooDeep(Mark place) => new(
        FileProblemKind.SyntaxError, "The document is nested too deeply to be read.", "Check that this is a values file: values files have only a few levels.", (int)place.Line, (int)place.Column);

    SyntaxMap ReadMap(MappingStart start)
    {
        List<(SyntaxNode, SyntaxNode)> entries = [];
        while (_parser.Current is not MappingEnd)
        {
            entries.Add((ReadNode(), ReadNode()));
        }

        var end = _parser.Current!;
        _parser.MoveNext();
        var isFlow = start.Style == MappingStyle.Flow;
        return new(
            isFlow ? FlowSpan(start, end) : TextSpan.FromBounds((int)start.Start.Index, entries.Count > 0 ? entries[^1].Item2.Span.End : (int)start.End.Index),
            PlaceOf(start), Anchor(start), Tag(start), isFlow, entries);
    }

    SyntaxList ReadList(SequenceStart start)
    {
        List<SyntaxNode> items = [];
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode());
        }

        var end = _parser.Current!;
        _parser.MoveNext();
        var isFlow = start.Style == SequenceStyle.Flow;
        return new(
            isFlow ? FlowSpan(start, end) : TextSpan.FromBounds((int)start.Start.Index, items.Count > 0 ? items[^1].Span.End : (int)start.End.Index),
            PlaceOf(start), Anchor(start), Tag(start), isFlow, items);
    }

    // A scalar begins with its anchor and tag, which stay where they are.
    TextSpan ContentOf(Scalar scalar)
    {
        var (start, end) = ((int)scalar.Start.Index, (int)scalar.End.Index);
        while (start < end && _text[start] is '&' or '!')
        {
            while (start < end && !char.IsWhiteSpace(_text[start]))
            {
                start++;
            }

            while (start < end && char.IsWhiteSpace(_text[start]))
            {
                start++;
            }
        }

        return TextSpan.FromBounds(start, end);
    }

    static TextSpan SpanOf(ParsingEvent first, ParsingEvent last) => TextSpan.FromBounds((int)first.Start.Index, (int)last.End.Index);

    // The end of a flow map or list is told by the place of its closing bracket.
    static TextSpan FlowSpan(ParsingEvent first, ParsingEvent last) => TextSpan.FromBounds((int)first.Start.Index, (int)last.Start.Index + 1);

    static Place PlaceOf(ParsingEvent node) => new((int)node.Start.Line, (int)node.Start.Column);

    static string Anchor(NodeEvent node) => node.Anchor.IsEmpty ? "" : node.Anchor.Value;

    static string Tag(NodeEvent node) => node.Tag.IsEmpty ? "" : node.Tag.Value;

    void Next<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is null)
        {
            _parser.MoveNext();
        }

        if (_parser.Current is not T)
        {
            throw new YamlException("The document is not complete.");
        }

        _parser.MoveNext();
    }

    [GeneratedRegex(@"^ *\t(?=\s*[^\s#])", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TabIndent();

    static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}
