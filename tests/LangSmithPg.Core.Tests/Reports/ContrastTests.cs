using System.Globalization;
using System.Text.RegularExpressions;
using LangSmithPg.Reports.Html;

namespace LangSmithPg.Core.Tests.Reports;

/// <summary>The page's colours, by the formula of WCAG 2: at least 4.5 to 1 for every text.</summary>
public sealed partial class ContrastTests
{
    static readonly string[] Tones = ["fail", "warn", "unknown", "pass", "na"];

    static readonly (string Text, string Ground)[] Pairs =
    [
        .. from text in new[] { "text", "muted", "link" } from ground in new[] { "page", "card", "code" } select (text, ground),
        .. from tone in Tones from ground in new[] { $"{tone}-soft", "card" } select (tone, ground),
        .. from tone in Tones select ("card", tone),
    ];

    [Theory]
    [InlineData(0, "light")]
    [InlineData(1, "dark")]
    [InlineData(2, "paper")]
    public void Every_text_can_be_read(int palette, string name)
    {
        var colors = Palettes().ElementAt(palette);
        Assert.All(Pairs, pair =>
            Assert.True(Contrast(colors[pair.Text], colors[pair.Ground]) >= 4.5, $"{name}: {pair.Text} on {pair.Ground}"));
    }

    /// <summary>The page's own colour, light and dark.</summary>
    internal static (byte Red, byte Green, byte Blue) Ground(bool dark) => Palettes().ElementAt(dark ? 1 : 0)["page"];

    // What dark screens and paper do not change is as it is on light screens.
    static IEnumerable<IReadOnlyDictionary<string, (byte Red, byte Green, byte Blue)>> Palettes()
    {
        Dictionary<string, (byte Red, byte Green, byte Blue)> light = [];
        foreach (var root in Root().Matches(PageAssets.Style.ToString()).Select(match => match.Value))
        {
            var palette = light.ToDictionary();
            foreach (Match match in Color().Matches(root))
            {
                palette[match.Groups[1].Value] = (Octet(match, 2), Octet(match, 3), Octet(match, 4));
            }

            light = light.Count == 0 ? palette : light;
            yield return palette;
        }
    }

    static byte Octet(Match match, int group) => byte.Parse(match.Groups[group].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    static double Contrast((byte Red, byte Green, byte Blue) one, (byte Red, byte Green, byte Blue) other)
    {
        var (lighter, darker) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (lighter + 0.05) / (darker + 0.05);
    }

    static double Luminance((byte Red, byte Green, byte Blue) color) =>
        (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));

    static double Linear(byte channel) =>
        channel / 255.0 is var value && value <= 0.04045 ? value / 12.92 : Math.Pow(((channel / 255.0) + 0.055) / 1.055, 2.4);

    [GeneratedRegex(":root \\{.*?\\}", RegexOptions.Singleline)]
    private static partial Regex Root();

    [GeneratedRegex("--([a-z-]+): #([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2});")]
    private static partial Regex Color();
}
