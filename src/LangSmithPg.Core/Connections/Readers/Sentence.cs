namespace LangSmithPg.Connections.Readers;

/// <summary>Puts sentences together.</summary>
static class Sentence
{
    /// <summary>A sentence as it stands behind a colon; a name such as "libpq" or a quoted word stays as it is.</summary>
    public static string Inner(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
