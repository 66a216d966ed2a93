using LangSmithPg.Common;
using LangSmithPg.Connections.Parsing;

namespace LangSmithPg.Connections.Drivers;

/// <summary>What a driver made of a text: the values under libpq's names, or why it refuses.</summary>
sealed class DriverParseResult
{
    /// <summary>Why the driver reports an error, or null when it does not.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>What the driver understands, under libpq's names.</summary>
    public Dictionary<string, Part> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>What the driver does not understand and sends to the server as a setting.</summary>
    public Dictionary<string, Part> ServerSettings { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the driver connects to, with the port as a number; empty for its default, a socket of its own machine.</summary>
    public List<(Part Name, string Port)> Hosts { get; } = [];

    /// <summary>The value of a parameter, or null when there is none.</summary>
    public Part? this[string name] => Parameters.TryGetValue(name, out var part) ? part : null;

    /// <summary>Reports an error, unless there was one before.</summary>
    /// <returns>False, so that a reader can end with it.</returns>
    public bool Refuse(TextSpan? span, string reason, string fix = PercentEncoding.Fix)
    {
        Refusal ??= new(span, reason, fix);
        return false;
    }
}

/// <summary>Why a driver reports an error.</summary>
/// <param name="Span">The place in the admin's text, or null when it is not one place.</param>
/// <param name="Reason">The end of a sentence that begins with "it rejects the text: ".</param>
/// <param name="Fix">One sentence that says what to do.</param>
sealed record Refusal(TextSpan? Span, string Reason, string Fix);
