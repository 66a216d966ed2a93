using System.Globalization;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Documents;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>A text where the chart has a map, and other values of a kind over which Helm or Kubernetes fails.</summary>
sealed class WrongKindRule : IValuesRule
{
    static readonly string[] Ids = ["fsGroup", "runAsUser", "runAsGroup"];

    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        var flags = input.Chart.Flags.ToHashSet();
        foreach (var (file, value) in input.Values.All.Where(one => !one.Value.IsNull && !one.Value.IsInList && !Placeholder.IsIn(one.Value.Text)))
        {
            if (Expected(input, value) is { } expected)
            {
                yield return LintInput.At(
                    "Values.WrongKind", input.IfKnown(FindingStatus.Fail), file, value, $"{value.Path} is {Name(value.Kind)}, but {input.Chart.Name} expects {expected}.") with
                {
                    Why = "The chart's templates look for keys or items there: Helm fails, or Kubernetes rejects the result.",
                    Fix = $"Write {expected}, or remove it.",
                };
            }
            else if (flags.Contains(value.Path) && !IsFlag(value))
            {
                yield return LintInput.At("Values.WrongKind", input.IfKnown(FindingStatus.Fail), file, value, $"{value.Path} is not a Boolean: Helm fails.") with
                {
                    Why = "The chart checks that it is true or false without quotes.",
                    Fix = "Write true or false without quotes.",
                    Repair = bool.TryParse(value.Text, out var flag) ? HelmValues.Empty.With(value.Path, flag) : null,
                };
            }
            else if (IsId(value.Path) && !IsNumber(value))
            {
                yield return LintInput.At("Values.WrongKind", FindingStatus.Fail, file, value, $"{value.Path} is not a number of 0 or more without quotes.") with
                {
                    Why = "Kubernetes accepts only numbers for users and groups, and rejects the whole pod.",
                    Fix = "Write the number without quotes, such as 1000.",
                    Repair = value.Kind == ValueKind.Text && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? HelmValues.Empty.With(value.Path, number) : null,
                };
            }
        }
    }

    // What the chart has there, where that is another kind than the value's.
    static string? Expected(LintInput input, ValuesNode value)
    {
        if (Find(value.Path, input.Chart) is not { } key)
        {
            return null;
        }

        var isEmptyText = value.Kind == ValueKind.Text && value.Text.Length == 0;
        return key switch
        {
            // A map that the templates take whole may be empty in any form.
            { Children.Count: > 0 } when value.Kind != ValueKind.Map && !(key.IsOpen && isEmptyText) => "a map",
            { IsList: true } when value.Kind != ValueKind.List && !isEmptyText && !(value.Kind == ValueKind.Map && IsEmpty(input, value.Path)) => "a list",
            _ => null,
        };
    }

    static bool IsEmpty(LintInput input, ValuesPath map) => input.Values.IsEmpty(map);

    static ChartKey? Find(ValuesPath path, LintChart chart)
    {
        var key = chart.Keys;
        foreach (var name in path.Keys)
        {
            if (key.Find(name) is not { } below || !chart.Has(below))
            {
                return null;
            }

            key = below;
        }

        return key;
    }

    static bool IsFlag(ValuesNode value) => value.Kind == ValueKind.Word && YamlScalars.IsFlag(value.Text);

    static bool IsId(ValuesPath path) => Ids.Contains(path.Keys[^1]) && path.Keys.Count > 1 && path.Keys[^2].EndsWith("ecurityContext", StringComparison.Ordinal);

    static bool IsNumber(ValuesNode value) => value.Kind == ValueKind.Word && long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Map => "a map",
        ValueKind.List => "a list",
        _ => "a single value",
    };
}
