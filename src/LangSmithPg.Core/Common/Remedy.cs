using System.Diagnostics.CodeAnalysis;

namespace LangSmithPg.Common;

/// <summary>What to do about a problem.</summary>
/// <param name="Kind">The language it is written in.</param>
/// <param name="Text">What to run, to write or to do.</param>
public sealed record Remedy(RemedyKind Kind, string Text)
{
    /// <summary>A sentence is a remedy of kind <see cref="RemedyKind.Text"/>.</summary>
    /// <param name="text">The sentence, or null.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator Remedy?(string? text) => text is null ? null : new(RemedyKind.Text, text);

    internal static Remedy Sql(string text) => new(RemedyKind.Sql, text);

    internal static Remedy Shell(string text) => new(RemedyKind.Shell, text);

    internal static Remedy Ini(string text) => new(RemedyKind.Ini, text);

    internal static Remedy Values(string text) => new(RemedyKind.Values, text);

    /// <summary>The text alone.</summary>
    public override string ToString() => Text;
}
