using LangSmithPg.Common;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Reports.Values;

namespace LangSmithPg.Core.Tests.Reports;

/// <summary>What is found in values files, in the order of their lines, and what a hostile file would have found.</summary>
static class ValuesSamples
{
    public static readonly string Root = Path.GetFullPath("/repository");

    public static ValuesFleet Of(params ValuesReport[] releases) => new(ValuesFleet.DefaultTitle, Samples.Time, "0.1.0", Root, releases);

    public static string InRoot(string path) => Path.Join(Root, path);

    public static ValuesReport Valid() => new([InRoot("valid.yaml")], new("0.16.11"), []);

    public static ValuesReport Invalid() => new(
        [InRoot("base.yaml"), InRoot("deploy/my values.yaml")],
        new("0.16.11"),
        [
            Finding("Values.UnknownVersion", FindingStatus.Unknown, "deploy/my values.yaml", 1, 1, "") with { Fix = Remedy.Shell("helm pull langsmith") },
            Finding("Values.UnknownKey", FindingStatus.Warning, "deploy/my values.yaml", 4, 3, "postgres.externl"),
            Finding("Values.NoConnection", FindingStatus.Fail, "deploy/my values.yaml", 9, 5, "postgres.external.enabled") with
            {
                Why = "The pods would not start.",
                Fix = Remedy.Values("postgres.external.existingSecretName: pg"),
            },
            Finding("Values.IamProvider", FindingStatus.Fail, "deploy/my values.yaml", 11, 5, "postgres.external.iamAuthProvider") with { CanFix = true },
        ]);

    public static ValuesReport Evil() => new(
        [Samples.Hostile],
        ChartVersion: null,
        [Finding(Samples.Hostile, FindingStatus.Fail, "", 0, -1, Samples.Hostile) with { Path = Samples.Hostile, Message = Samples.Hostile, Why = Samples.Hostile, Fix = $"```\n{Samples.Hostile}" }]);

    static ValuesFinding Finding(string id, FindingStatus status, string path, int line, int column, string key) =>
        new() { Id = id, Status = status, Path = InRoot(path), Line = line, Column = column, Key = key, Message = $"{key} needs attention." };
}
