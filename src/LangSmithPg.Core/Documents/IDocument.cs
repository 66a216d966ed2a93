namespace LangSmithPg.Documents;

/// <summary>Something that can be written as a file for Helm or kubectl.</summary>
interface IDocument
{
    /// <summary>Whether the text holds a secret, so that only its owner may read the file.</summary>
    bool HoldsSecrets { get; }

    /// <summary>The document as a tree.</summary>
    DocumentMap ToDocument();
}
