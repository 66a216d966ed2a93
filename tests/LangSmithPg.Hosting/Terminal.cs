namespace LangSmithPg.Hosting;

/// <summary>Where PowerShell writes, and what can be shown there.</summary>
/// <param name="Writer">Takes the text.</param>
/// <param name="Width">Characters in a line.</param>
/// <param name="IsPlain">Whether colours are unwanted.</param>
public sealed record Terminal(TextWriter Writer, int Width, bool IsPlain)
{
    const int WidthWhereThereIsNone = 120;

    /// <summary>This process's own: without colours in a file or pipe, or where NO_COLOR says so.</summary>
    public static Terminal OfThisProcess() => new(
        Console.Out,
        Console.IsOutputRedirected || Console.WindowWidth <= 0 ? WidthWhereThereIsNone : Console.WindowWidth,
        Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 });

    /// <summary>A text in a colour.</summary>
    /// <param name="text">The text.</param>
    /// <param name="color">The colour's number in an ANSI escape sequence.</param>
    public string Paint(string text, int color) => IsPlain ? text : $"\u001b[{color}m{text}\u001b[0m";
}
