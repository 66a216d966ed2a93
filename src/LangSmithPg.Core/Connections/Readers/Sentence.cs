namespace LangSmithPg.Connections.Readers;

/// <summary>Puts sentences together.</summary>
static class Sentence
{
    /// <summary>A sentence as it stands behind a colon.</summary>
    public static string Inner(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
