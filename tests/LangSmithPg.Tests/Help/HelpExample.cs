namespace LangSmithPg.Tests.Help;

/// <summary>One example of a page.</summary>
/// <param name="Page">The cmdlet.</param>
/// <param name="Number">Its place on the page, from 1.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Code">The commands.</param>
/// <param name="Output">What they are said to show; null when nothing is said.</param>
/// <param name="Remarks">What stands behind the code, without fences.</param>
public sealed record HelpExample(string Page, int Number, string Title, string Code, string? Output, string Remarks)
{
    public string Id => $"{Page}/{Number}";

    public override string ToString() => Id;
}
