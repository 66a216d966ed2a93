namespace LangSmithPg.Helm.Linting;

/// <summary>The kind of a value in a values file.</summary>
enum ValueKind
{
    /// <summary>A word without quotes, which may be a number or a flag.</summary>
    Word,

    /// <summary>A text in quotes or in a block of its own lines.</summary>
    Text,

    /// <summary>A map.</summary>
    Map,

    /// <summary>A list.</summary>
    List,
}
