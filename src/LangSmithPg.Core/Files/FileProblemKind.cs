namespace LangSmithPg.Files;

/// <summary>Why a values or environment file cannot be edited. The name is the stable id of the error.</summary>
public enum FileProblemKind
{
    /// <summary>It is no YAML.</summary>
    SyntaxError,

    /// <summary>It is larger than any such file.</summary>
    FileTooLarge,

    /// <summary>It is not written in UTF-8.</summary>
    NotUtf8,

    /// <summary>It holds a character that some readers take for the end of a line and some do not.</summary>
    OddLineEnd,

    /// <summary>It holds several documents, of which Helm reads one.</summary>
    SeveralDocuments,

    /// <summary>A map has the same key twice.</summary>
    DuplicateKey,

    /// <summary>The place is shared with others, by an anchor, an alias or a merge key.</summary>
    SharedPlace,

    /// <summary>A map is needed where something else stands.</summary>
    NotAMap,

    /// <summary>A value is needed where a map or list stands.</summary>
    NotAValue,

    /// <summary>The value has a tag of its own.</summary>
    Tagged,

    /// <summary>The file ends in the middle of a text of several lines, and a line behind it would change that text.</summary>
    OpenBlock,

    /// <summary>The outcome was not exactly the old document with the change.</summary>
    NotFaithful,

    /// <summary>The file changed while it was being edited.</summary>
    FileChanged,
}
