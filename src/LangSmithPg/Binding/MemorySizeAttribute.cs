using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace LangSmithPg.Binding;

/// <summary>
/// Accepts a memory size in bytes, or as Kubernetes and others write it (<c>8Gi</c>, <c>8 GB</c>), and refuses one that was meant in another
/// unit: no server has 8 bytes.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class MemorySizeAttribute : ArgumentTransformationAttribute
{
    /// <summary>What a parameter is to be.</summary>
    internal const string Expected = "a memory size of at least 64 MB with its unit, such as 8GB";

    /// <summary>A marker for what is not a size.</summary>
    internal const long Unreadable = long.MinValue;

    const long Least = 64L << 20;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null or "" => null,
            string text when Form().Match(text) is { Success: true } match => Checked(
                double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * (1L << (10 * " KMGT".IndexOf(char.ToUpperInvariant(match.Groups["unit"].Value[0]), StringComparison.Ordinal)))),
            var value => LanguagePrimitives.TryConvertTo<double>(value, CultureInfo.InvariantCulture, out var bytes) ? Checked(bytes) : Unreadable,
        };

    static long Checked(double bytes) => bytes is >= Least and < long.MaxValue ? (long)bytes : Unreadable;

    // PowerShell's units, which are powers of 1024.
    [GeneratedRegex(@"\A\s*(?<number>[0-9]{1,12}(\.[0-9]{1,6})?)\s*(?<unit>[KMGT])i?B?\s*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
