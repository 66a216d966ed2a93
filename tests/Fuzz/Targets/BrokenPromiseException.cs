namespace LangSmithPg.Fuzz.Targets;

/// <summary>An input for which something does not hold that must hold for all.</summary>
public sealed class BrokenPromiseException(string message) : Exception(message);
