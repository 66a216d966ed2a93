using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LangSmithPg.Charts;

/// <summary>A version of the LangSmith chart, such as <c>0.16.11</c> or <c>0.17.0-rc.12</c>, in the order of Semantic Versioning 2.0.</summary>
public sealed partial class ChartVersion : IComparable<ChartVersion>, IEquatable<ChartVersion>
{
    ChartVersion(int major, int minor, int patch, string prerelease)
    {
        Major = major;
        Minor = minor;
        Patch = patch;
        Prerelease = prerelease;
    }

    /// <summary>The first number.</summary>
    public int Major { get; }

    /// <summary>The second number.</summary>
    public int Minor { get; }

    /// <summary>The third number.</summary>
    public int Patch { get; }

    /// <summary>What follows the hyphen, such as <c>rc.12</c>; empty for a release.</summary>
    public string Prerelease { get; }

    /// <summary>Reads a version, with or without a <c>v</c> in front.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is no version.</exception>
    public static ChartVersion Parse(string text) => TryParse(text, out var version)
        ? version
        : throw new FormatException($"'{text}' is no version of the LangSmith chart: write it as helm list shows it, such as 0.16.11 or 0.17.0-rc.12.");

    /// <summary>Reads a version, with or without a <c>v</c> in front.</summary>
    /// <param name="text">The text.</param>
    /// <param name="version">The version.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ChartVersion? version)
    {
        var match = Pattern().Match(text?.Trim() ?? "");
        version = match.Success && Number(1, out var major) && Number(2, out var minor) && Number(3, out var patch)
            ? new(major, minor, patch, match.Groups[4].Value)
            : null;
        return version is not null;

        bool Number(int group, out int number) =>
            int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <inheritdoc/>
    public int CompareTo(ChartVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return numbers != 0 ? numbers : (Prerelease.Length, other.Prerelease.Length) switch
        {
            (0, 0) => 0,
            (0, _) => 1,
            (_, 0) => -1,
            _ => ComparePrereleases(Prerelease.Split('.'), other.Prerelease.Split('.')),
        };
    }

    /// <inheritdoc/>
    public bool Equals(ChartVersion? other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChartVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch, Prerelease);

    /// <summary>The version as Helm writes it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}{(Prerelease.Length > 0 ? "-" : "")}{Prerelease}");

    /// <summary>Whether one version comes before another.</summary>
    public static bool operator <(ChartVersion? left, ChartVersion? right) => Comparer<ChartVersion>.Default.Compare(left, right) < 0;

    /// <summary>Whether one version comes after another.</summary>
    public static bool operator >(ChartVersion? left, ChartVersion? right) => right < left;

    /// <summary>Whether one version comes before another or is the same.</summary>
    public static bool operator <=(ChartVersion? left, ChartVersion? right) => !(right < left);

    /// <summary>Whether one version comes after another or is the same.</summary>
    public static bool operator >=(ChartVersion? left, ChartVersion? right) => !(left < right);

    /// <summary>Whether two versions are the same.</summary>
    public static bool operator ==(ChartVersion? left, ChartVersion? right) => Equals(left, right);

    /// <summary>Whether two versions differ.</summary>
    public static bool operator !=(ChartVersion? left, ChartVersion? right) => !Equals(left, right);

    static int ComparePrereleases(string[] left, string[] right)
    {
        foreach (var (one, other) in left.Zip(right))
        {
            // Numbers come in their own order, and before words.
            var order = (int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var a), int.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out var b)) switch
            {
                (true, true) => a.CompareTo(b),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(one, other),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    [GeneratedRegex(@"^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
