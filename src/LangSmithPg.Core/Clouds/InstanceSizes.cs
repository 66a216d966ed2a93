using System.Globalization;
using System.Text.RegularExpressions;

namespace LangSmithPg.Clouds;

/// <summary>
/// The sizes that the names of the clouds' instance types stand for. What is not in their documentation is not guessed.
/// Sources: https://learn.microsoft.com/azure/postgresql/compute-storage/concepts-compute,
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html,
/// https://cloud.google.com/sql/docs/postgres/machine-series-overview.
/// </summary>
static partial class InstanceSizes
{
    const double Gibibyte = 1L << 30;
    const double Mebibyte = 1L << 20;

    /// <summary>The size of an instance type; nothing where the name is not known.</summary>
    /// <param name="name">The name, such as <c>Standard_D4ds_v5</c>, <c>db.r6g.large</c> or <c>db-custom-4-15360</c>.</param>
    public static InstanceSize Find(string? name) =>
        name is null ? default
        : Azure().Match(name) is { Success: true } azure ? OfAzure(azure.Groups["family"].Value.ToUpperInvariant(), Number(azure, "count"), azure.Groups["kind"].Value, azure.Groups["version"].Value)
        : Rds().Match(name) is { Success: true } rds ? OfRds(rds.Groups["family"].Value, rds.Groups["size"].Value)
        : CloudSql().Match(name) is { Success: true } custom ? new(Number(custom, "count"), (long)(Number(custom, "memory") * Mebibyte))
        : CloudSqlPlus().Match(name) is { Success: true } plus ? OfCloudSqlPlus(Number(plus, "count"))
        : name switch
        {
            // A part of one CPU, which is shared.
            "db-f1-micro" => new(1, (long)(0.6 * Gibibyte)),
            "db-g1-small" => new(1, (long)(1.7 * Gibibyte)),
            _ => default,
        };

    static InstanceSize OfAzure(string family, int count, string kind, string version) => (family, count, kind.ToUpperInvariant(), version) switch
    {
        ("B", 1, "MS", "") => Of(1, 2),
        ("B", 2, "S", "") => Of(2, 4),
        ("B", _, "MS", "") => Of(count, 4 * count),
        ("D", _, _, _) => Of(count, 4 * count),
        ("E", < 64, _, _) => Of(count, 8 * count),
        ("E", 64, _, "3") => Of(64, 432),
        ("E", 64, _, "4") => Of(64, 504),
        ("E", 64, _, _) => Of(64, 512),
        ("E", 96, _, "5") => Of(96, 672),
        _ => new(count, null),
    };

    static InstanceSize OfRds(string family, string size)
    {
        if (family is "t3" or "t4g")
        {
            return size switch
            {
                "micro" => Of(2, 1),
                "small" => Of(2, 2),
                "medium" => Of(2, 4),
                "large" => Of(2, 8),
                "xlarge" => Of(4, 16),
                "2xlarge" => Of(8, 32),
                _ => default,
            };
        }

        int? count = size switch
        {
            "medium" when family == "c6gd" => 1,
            "large" => 2,
            "xlarge" => 4,
            _ when size.EndsWith("xlarge", StringComparison.Ordinal) && int.TryParse(size.AsSpan(0, size.Length - "xlarge".Length), CultureInfo.InvariantCulture, out var times) && times is > 1 and <= 64 => 4 * times,
            _ => null,
        };
        double? memory = family switch
        {
            "c6gd" => 2,
            "r4" => 7.625,
            "m4" or ['m', >= '5' and <= '9', ..] => 4,
            "z1d" or ['r', >= '5' and <= '9', ..] => 8,
            "x2g" or "x2idn" => 16,
            "x2iedn" => 32,
            _ => null,
        };
        return count is { } vCpus && memory is { } each ? Of(vCpus, each * vCpus) : default;
    }

    // The largest has a little less for each.
    static InstanceSize OfCloudSqlPlus(int count) => Of(count, count == 128 ? 864 : 8 * count);

    static InstanceSize Of(int vCpus, double gibibytes) => new(vCpus, (long)(gibibytes * Gibibyte));

    // The patterns allow so few digits that it fits.
    static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Standard_(?<family>[BDE])(?<count>\d{1,3})(?<kind>[a-z]+)(_v(?<version>\d))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Azure();

    [GeneratedRegex(@"^db\.(?<family>[a-z]+\d[a-z]*)\.(?<size>[a-z0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rds();

    [GeneratedRegex(@"^db-custom-(?<count>\d{1,3})-(?<memory>\d{1,7})\z", RegexOptions.CultureInvariant)]
    private static partial Regex CloudSql();

    [GeneratedRegex(@"^db-perf-optimized-N-(?<count>\d{1,3})\z", RegexOptions.CultureInvariant)]
    private static partial Regex CloudSqlPlus();
}
