using LangSmithPg.Common;
using YamlDotNet.Core;

namespace LangSmithPg.Yaml.Editing;

/// <summary>A node of a YAML document, and the position of its text.</summary>
/// <param name="Span">Its text, without anchor and tag. Of a map or list in block style, it ends with its last entry.</param>
/// <param name="Place">Where it begins, anchor and tag included.</param>
/// <param name="Anchor">Its anchor, or an empty text.</param>
/// <param name="Tag">Its tag, or an empty text.</param>
abstract record SyntaxNode(TextSpan Span, Place Place, string Anchor, string Tag);

/// <summary>Where something begins.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
readonly record struct Place(int Line, int Column);

/// <summary>A scalar.</summary>
sealed record SyntaxScalar(TextSpan Span, Place Place, string Anchor, string Tag, string Value, ScalarStyle Style)
    : SyntaxNode(Span, Place, Anchor, Tag)
{
    /// <summary>Whether it says nothing: an empty place, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => Style == ScalarStyle.Plain && Tag.Length == 0 && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A map.</summary>
sealed record SyntaxMap(TextSpan Span, Place Place, string Anchor, string Tag, bool IsFlow, IReadOnlyList<(SyntaxNode Key, SyntaxNode Value)> Entries)
    : SyntaxNode(Span, Place, Anchor, Tag);

/// <summary>A list.</summary>
sealed record SyntaxList(TextSpan Span, Place Place, string Anchor, string Tag, bool IsFlow, IReadOnlyList<SyntaxNode> Items)
    : SyntaxNode(Span, Place, Anchor, Tag);

/// <summary>A reference to an anchor.</summary>
sealed record SyntaxAlias(TextSpan Span, Place Place, string Name)
    : SyntaxNode(Span, Place, "", "");
