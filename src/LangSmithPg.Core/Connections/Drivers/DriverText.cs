using LangSmithPg.Common;

namespace LangSmithPg.Connections.Drivers;

/// <summary>The text as a driver gets it, and where each of its characters stood in the admin's text.</summary>
sealed class DriverText
{
    readonly int[] _origins;

    DriverText(string text, int[] origins)
    {
        Text = text;
        _origins = origins;
    }

    public string Text { get; }

    /// <summary>The admin's text behind a prefix of the chart's or LangSmith's own.</summary>
    public static DriverText Of(string text, string prefix = "")
    {
        var origins = new int[prefix.Length + text.Length + 1];
        for (var index = 0; index < origins.Length; index++)
        {
            origins[index] = Math.Max(0, index - prefix.Length);
        }

        return new(prefix + text, origins);
    }

    /// <summary>The same text without the characters at which the test fails.</summary>
    public DriverText Where(Func<char, int, bool> test)
    {
        var kept = Enumerable.Range(0, Text.Length).Where(index => test(Text[index], index)).ToArray();
        return new(string.Concat(kept.Select(index => Text[index])), [.. kept.Select(index => _origins[index]), _origins[^1]]);
    }

    /// <summary>The place in the admin's text of a stretch of this text.</summary>
    public TextSpan Span(int start, int end) => TextSpan.FromBounds(_origins[start], Math.Max(_origins[start], _origins[end]));
}
