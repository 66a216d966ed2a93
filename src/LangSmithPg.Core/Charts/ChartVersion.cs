using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LangSmithPg.Charts;

/// <summary>
/// Version of a Helm chart, such as <c>0.16.11</c> or <c>0.17.0-rc.12</c>, in the order of semver.org: a pre-release comes before its
/// release. Build metadata (<c>+…</c>) is read and left out, as it takes no part in the order.
/// </summary>
public sealed partial record ChartVersion : IComparable<ChartVersion>
{
    readonly long[] _numbers;
    readonly string[] _prerelease;

    /// <summary>Reads a version; PowerShell converts a text with it.</summary>
    /// <param name="text">The text, with or without a leading <c>v</c>.</param>
    /// <exception cref="FormatException">It is no version.</exception>
    public ChartVersion(string text)
        : this(Read(text) ?? throw new FormatException($"'{text}' is not a valid chart version. Use a version such as 0.16.11 or 0.17.0-rc.12."))
    {
    }

    ChartVersion((long[] Numbers, string[] Prerelease) parts) => (_numbers, _prerelease) = parts;

    /// <summary>Whether it is a pre-release.</summary>
    public bool IsPrerelease => _prerelease.Length > 0;

    /// <summary>The release that a pre-release leads to; a release itself.</summary>
    public ChartVersion Release => IsPrerelease ? new((_numbers, [])) : this;

    /// <summary>Reads a version.</summary>
    /// <param name="text">The text, with or without a leading <c>v</c>.</param>
    /// <exception cref="FormatException">It is no version.</exception>
    public static ChartVersion Parse(string text) => new(text);

    /// <summary>Reads a version, or says that it is none.</summary>
    /// <param name="text">The text, with or without a leading <c>v</c>.</param>
    /// <param name="version">The version.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ChartVersion? version)
    {
        version = Read(text) is { } parts ? new(parts) : null;
        return version is not null;
    }

    /// <inheritdoc/>
    public int CompareTo(ChartVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = _numbers.AsSpan().SequenceCompareTo(other._numbers);
        if (order == 0)
        {
            // Without a pre-release it is the release, which comes last.
            order = (IsPrerelease ? 0 : 1).CompareTo(other.IsPrerelease ? 0 : 1);
        }

        return order != 0 ? order : _prerelease
            .Zip(other._prerelease, CompareIdentifiers)
            .FirstOrDefault(step => step != 0, _prerelease.Length.CompareTo(other._prerelease.Length));
    }

    /// <inheritdoc/>
    public bool Equals(ChartVersion? other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>Without a leading <c>v</c> and without build metadata.</summary>
    public override string ToString() =>
        string.Join('.', _numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))
        + (IsPrerelease ? $"-{string.Join('.', _prerelease)}" : "");

    /// <summary>Whether the left comes first.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">Another.</param>
    public static bool operator <(ChartVersion left, ChartVersion right) => Comparer<ChartVersion>.Default.Compare(left, right) < 0;

    /// <summary>Whether the right comes first.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">Another.</param>
    public static bool operator >(ChartVersion left, ChartVersion right) => Comparer<ChartVersion>.Default.Compare(left, right) > 0;

    /// <summary>Whether the right does not come first.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">Another.</param>
    public static bool operator <=(ChartVersion left, ChartVersion right) => Comparer<ChartVersion>.Default.Compare(left, right) <= 0;

    /// <summary>Whether the left does not come first.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">Another.</param>
    public static bool operator >=(ChartVersion left, ChartVersion right) => Comparer<ChartVersion>.Default.Compare(left, right) >= 0;

    static (long[] Numbers, string[] Prerelease)? Read(string? text)
    {
        var match = Form().Match(text?.Trim() ?? "");
        return match.Success
            ? (
                [.. match.Groups["number"].Captures.Select(number => long.Parse(number.Value, CultureInfo.InvariantCulture))],
                [.. match.Groups["identifier"].Captures.Select(identifier => identifier.Value)])
            : null;
    }

    // Numbers by value, and before words; words by their characters.
    static int CompareIdentifiers(string left, string right) => (IsNumber(left), IsNumber(right)) switch
    {
        (true, true) => left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(left, right),
    };

    static bool IsNumber(string identifier) => identifier.All(char.IsAsciiDigit);

    // Numbers of up to nine digits, without leading zeros.
    [GeneratedRegex(
        @"^[vV]?(?<number>0|[1-9][0-9]{0,8})(\.(?<number>0|[1-9][0-9]{0,8})){2}"
        + @"(-(?<identifier>0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(?<identifier>0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?"
        + @"(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
