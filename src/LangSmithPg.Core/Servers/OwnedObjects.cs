namespace LangSmithPg.Servers;

/// <summary>Tables, views and sequences of one owner.</summary>
/// <param name="Owner">The role that owns them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="IsOwner">Whether the role that looked owns them too, through a membership.</param>
public sealed record OwnedObjects(string Owner, int Count, bool IsOwner);
