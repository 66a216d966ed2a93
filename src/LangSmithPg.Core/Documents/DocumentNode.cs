namespace LangSmithPg.Documents;

/// <summary>A piece of a document to be written, such as a manifest: a map or a scalar.</summary>
public abstract record DocumentNode
{
    private protected DocumentNode()
    {
    }
}
