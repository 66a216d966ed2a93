
namespace LangSmithPg.Servers;

/// <summary>A replication slot that nobody uses, for which the server keeps its log.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RetainedBytes">How much it keeps; null where that is not known.</param>
public sealed record UnusedSlot(string Name, long? RetainedBytes);
