using System.Text;
using LangSmithPg.Common;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>What must hold for all inputs.</summary>
static class Promise
{
    /// <summary>Stands where a secret stands: whatever shows it tells secrets.</summary>
    public const string Needle = "N33dLe.0f_a-s3cret";

    public static void Holds(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new BrokenPromiseException(otherwise);
        }
    }

    /// <summary>Nothing that is shown holds the secret.</summary>
    public static void KeepsSecret(params IEnumerable<string?> shown)
    {
        if (shown.FirstOrDefault(text => text?.Contains(Needle, StringComparison.Ordinal) == true) is { } told)
        {
            throw new BrokenPromiseException($"It tells the secret: {told}");
        }
    }

    /// <summary>Nothing that is shown steers the terminal or hides what stands there.</summary>
    public static void IsHarmless(params IEnumerable<string?> shown)
    {
        if (shown.FirstOrDefault(text => text?.EnumerateRunes().Any(rune => Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) == true) is { } told)
        {
            throw new BrokenPromiseException($"It hands control characters on: {string.Concat(told.Select(one => char.IsControl(one) ? $"<{(int)one:X2}>" : $"{one}"))}");
        }
    }

    /// <summary>A place lies within the text.</summary>
    public static void IsWithin(TextSpan? span, string text)
    {
        if (span is { } place && (place.Start < 0 || place.Length < 0 || place.End > text.Length))
        {
            throw new BrokenPromiseException($"The place {place.Start}+{place.Length} lies outside of the text of {text.Length} characters.");
        }
    }
}
