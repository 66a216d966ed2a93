using LangSmithPg.Servers;

namespace LangSmithPg.Completion;

/// <summary>Offers the schemas that the server has.</summary>
public sealed class SchemaCompleter : ServerNameCompleter
{
    private protected override NameKind Kind => NameKind.Schema;
}
