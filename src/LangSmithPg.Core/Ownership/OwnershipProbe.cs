using LangSmithPg.Servers;

namespace LangSmithPg.Ownership;

/// <summary>A table that was there before, and whether the role could alter it.</summary>
/// <param name="Owner">The role that owns it.</param>
/// <param name="Table">Its name.</param>
/// <param name="Error">Why the server refused, or null.</param>
public sealed record OwnershipProbe(string Owner, string Table, ServerError? Error);
