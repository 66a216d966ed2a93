namespace LangSmithPg.Documents;

/// <summary>A piece of a document to be written, such as a manifest: a map, a list or a scalar.</summary>
public abstract record DocumentNode
{
    private protected DocumentNode()
    {
    }
}
