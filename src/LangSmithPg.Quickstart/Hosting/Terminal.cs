namespace LangSmithPg.Quickstart.Hosting;

/// <summary>What the terminal can show.</summary>
static class Terminal
{
    /// <summary>Whether colours are unwanted: in a file or pipe, or where NO_COLOR says so.</summary>
    public static bool IsPlain { get; } = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    /// <summary>A text in a colour.</summary>
    /// <param name="text">The text.</param>
    /// <param name="color">The colour's number in an ANSI escape sequence.</param>
    public static string Paint(string text, int color) => IsPlain ? text : $"\u001b[{color}m{text}\u001b[0m";
}
