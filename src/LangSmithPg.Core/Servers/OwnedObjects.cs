
namespace LangSmithPg.Servers;

/// <summary>Tables, views, sequences, types and functions of one owner.</summary>
/// <param name="Owner">The role that owns them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="IsOwner">Whether the role that looked owns them too, through a membership.</param>
/// <param name="IsSuperuser">Whether the owner is a superuser, so that nobody should be made a member of it.</param>
/// <param name="IsMember">
/// Whether the owner is a member of the role that looked, as whoever creates a role is from PostgreSQL 16 on: the role cannot become a
/// member of the owner then.
/// </param>
public sealed record OwnedObjects(string Owner, int Count, bool IsOwner, bool IsSuperuser = false, bool IsMember = false);
