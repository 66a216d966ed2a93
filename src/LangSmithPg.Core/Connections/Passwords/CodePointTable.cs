using System.Globalization;
using System.Text;

namespace LangSmithPg.Connections.Passwords;

/// <summary>A set of code points, as ranges in their order.</summary>
sealed class CodePointTable
{
    readonly int[] _first;
    readonly int[] _last;

    CodePointTable(IEnumerable<string> ranges)
    {
        var bounds = ranges.Select(range => range.Split('-')).ToList();
        _first = [.. bounds.Select(range => Parse(range[0]))];
        _last = [.. bounds.Select(range => Parse(range[^1]))];
    }

    /// <summary>The tables of a file with one on each line, behind its name.</summary>
    public static Dictionary<string, CodePointTable> Read(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.TrimEnd().Split(' '))
            .ToDictionary(words => words[0], words => new CodePointTable(words.Skip(1)), StringComparer.Ordinal);
    }

    /// <summary>Whether a code point is one of them.</summary>
    public bool Has(Rune rune) => Array.BinarySearch(_first, rune.Value) switch
    {
        >= 0 => true,
        var next => ~next > 0 && rune.Value <= _last[~next - 1],
    };

    static int Parse(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
