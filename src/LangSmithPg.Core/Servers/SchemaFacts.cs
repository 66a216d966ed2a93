
namespace LangSmithPg.Servers;

/// <summary>The schema that LangSmith is to use, and what the role may do in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Exists">Whether it is there.</param>
/// <param name="Owner">The role that owns it, or null when it is not there.</param>
/// <param name="IsOwner">Whether the role owns it, itself or through a membership.</param>
/// <param name="CanUse">Whether the role may look into it.</param>
/// <param name="CanCreate">Whether the role may create objects in it.</param>
/// <param name="Objects">Tables, views and sequences in it, counted by owner; what belongs to an extension is left out.</param>
/// <param name="OtherCreators">Roles besides the one that looked, superusers left out, that may create objects in it; <c>PUBLIC</c> for everybody.</param>
public sealed record SchemaFacts(
    string Name, bool Exists, string? Owner, bool IsOwner, bool CanUse, bool CanCreate, IReadOnlyList<OwnedObjects> Objects,
    IReadOnlyList<string> OtherCreators);

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
