using System.Diagnostics;

namespace LangSmithPg.Common;

/// <summary>A text that shows itself masked wherever it is printed, logged, formatted or serialised.</summary>
[DebuggerDisplay(Redactor.Mask)]
public sealed class Secret : IEquatable<Secret>
{
    readonly string _text;

    Secret(string text) => _text = text;

    /// <summary>Wraps a text; nothing and the empty text are no secret, as every PostgreSQL driver takes them for "no password".</summary>
    /// <param name="text">The text to hide.</param>
    public static Secret? From(string? text) => string.IsNullOrEmpty(text) ? null : new(text);

    /// <summary>The text itself. Call it only where the secret is handed to its receiver.</summary>
    public string Reveal() => _text;

    /// <inheritdoc/>
    public override string ToString() => Redactor.Mask;

    /// <inheritdoc/>
    public bool Equals(Secret? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);
}
