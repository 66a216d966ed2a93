using System.Globalization;

namespace LangSmithPg.Common;

/// <summary>Sizes as people read them.</summary>
static class ByteSize
{
    static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>A size with its unit, such as <c>1.2 GB</c>. As PostgreSQL's <c>pg_size_pretty</c>, units are powers of 1024.</summary>
    /// <param name="bytes">The size.</param>
    public static string Text(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < Units.Length - 1)
        {
            (value, unit) = (value / 1024, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, value < 10 && unit > 0 ? 1 : 0)} {Units[unit]}");
    }
}
