using LangSmithPg.Servers;

namespace LangSmithPg.Completion;

/// <summary>Offers the roles that the server has.</summary>
public sealed class RoleCompleter : ServerNameCompleter
{
    private protected override NameKind Kind => NameKind.Role;
}
