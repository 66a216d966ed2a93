using LangSmithPg.Common;

namespace LangSmithPg.Kubernetes;

/// <summary>One entry of a Kubernetes Secret.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
public sealed record SecretEntry(string Key, Secret Value);
