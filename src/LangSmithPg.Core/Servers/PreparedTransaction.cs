
namespace LangSmithPg.Servers;

/// <summary>A transaction that was prepared for a two-phase commit.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Owner">The role that prepared it.</param>
/// <param name="Seconds">How long ago.</param>
public sealed record PreparedTransaction(string Id, string Owner, long Seconds);
