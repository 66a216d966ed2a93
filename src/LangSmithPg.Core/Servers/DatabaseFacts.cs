
namespace LangSmithPg.Servers;

/// <summary>A database, and what the role may do in it. That it may connect is shown by these facts being there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The role that owns it.</param>
/// <param name="IsOwner">Whether the role owns it, itself or through a membership.</param>
/// <param name="Encoding">Its encoding, such as <c>UTF8</c>.</param>
/// <param name="Collation">Its collation (<c>LC_COLLATE</c>), such as <c>en_US.UTF-8</c>.</param>
/// <param name="ConnectionLimit">Most connections at a time; -1 for no limit of its own.</param>
/// <param name="Connections">Connections at present.</param>
/// <param name="CanCreate">Whether the role may create schemas and trusted extensions.</param>
/// <param name="CanCreateTemporary">Whether the role may create temporary tables.</param>
public sealed record DatabaseFacts(
    string Name, string Owner, bool IsOwner, string Encoding, string Collation, int ConnectionLimit, int Connections, bool CanCreate, bool CanCreateTemporary);
