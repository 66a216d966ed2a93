namespace LangSmithPg.Charts;

/// <summary>An environment variable that a template of the chart sets itself.</summary>
/// <param name="Template">The template, by its path below <c>templates/</c>.</param>
/// <param name="Name">The variable.</param>
/// <param name="Value">What it is set to: a text in quotes, or the path of a value; null where it is neither.</param>
/// <param name="When">When it is set.</param>
/// <param name="IsChecked">Whether Helm fails where it is given once more. Otherwise it is in the manifest twice.</param>
sealed record ChartVariable(string Template, string Name, string? Value, Condition When, bool IsChecked)
{
    /// <summary>In place of a name: the template also sets what is in <c>commonEnv</c>.</summary>
    public const string Common = "commonEnv";

    /// <summary>The constant that the template sets; null where there is none.</summary>
    public string? Constant => Value is ['"', .. var text, '"'] ? text : null;

    /// <summary>The path of the value that it is set to; null where there is none.</summary>
    public string? Path => Value is null or ['"', ..] ? null : Value;

    /// <inheritdoc/>
    public override string ToString() => $"{Template}: {Name}";
}
