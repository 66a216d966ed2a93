using LangSmithPg.Helm.Linting.Rules;

namespace LangSmithPg.Helm.Linting;

/// <summary>Validates values files against a chart.</summary>
static class ValuesLint
{
    static readonly IValuesRule[] Rules =
    [
        new UnknownVersionRule(), new RepeatedKeyRule(), new RefusedKeyRule(), new UnknownKeyRule(), new WrongKindRule(), new QuotedFlagRule(), new TextMapRule(), new ConnectionRule(), new ConnectionUrlRule(), new HostFormRule(),
        new SecretNameRule(), new CertificateRule(), new FileGroupRule(), new IamLoginRule(), new IdentityRule(), new OtherDatabaseRule(), new OtherConnectionRule(),
        new SameDatabaseRule(),
        new MigrationRule(), new ClearTextRule(), new RepeatedVariableRule(), new BrokenOptionRule(), new PlaceholderRule(),
    ];

    /// <summary>Applies every rule to the values of one release.</summary>
    /// <param name="files">The files, in the order of Helm's <c>-f</c>; at least one.</param>
    /// <param name="chart">The chart.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no files.</exception>
    public static ValuesReport Evaluate(IReadOnlyList<ValuesFile> files, LintChart chart)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count);
        var input = new LintInput(files, new(files), chart);
        List<string> paths = [.. files.Select(file => file.Path)];
        return new(
            paths, chart.Version,
            Rules.SelectMany(rule => rule.Evaluate(input))
                .OrderBy(finding => paths.IndexOf(finding.Path)).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column).ToArray())
        {
            TakenFor = chart.TakenFor,
        };
    }
}
