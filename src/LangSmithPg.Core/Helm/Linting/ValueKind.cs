namespace LangSmithPg.Helm.Linting;

/// <summary>What stands at a place of a values file.</summary>
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
