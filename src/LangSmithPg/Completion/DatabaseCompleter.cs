using LangSmithPg.Servers;

namespace LangSmithPg.Completion;

/// <summary>Offers the databases that the server has.</summary>
public sealed class DatabaseCompleter : ServerNameCompleter
{
    private protected override NameKind Kind => NameKind.Database;
}
