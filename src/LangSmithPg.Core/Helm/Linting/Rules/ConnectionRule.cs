using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Whether the values lead to an external PostgreSQL at all, and to one alone.</summary>
sealed class ConnectionRule : IValuesRule
{
    static readonly string[] Ways = ["existingSecretName", "connectionUrl", "host"];

    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        var given = Ways.Where(key => input.Text(External.Root.Child(key)) is not null).ToList();
        if (!input.IsTrue(External.Enabled))
        {
            yield return NotExternal(input, given);
            yield break;
        }

        if (given.Count == 0)
        {
            yield return input.Finding("Values.NoConnection", FindingStatus.Fail, External.Enabled, "The external PostgreSQL has no address.") with
            {
                Why = "The chart fills in postgres:postgres@:5432/postgres, and passes its own checks.",
                Fix = "Set postgres.external.existingSecretName (New-LangSmithHelmValues), or connectionUrl.",
            };
        }

        // The first one wins.
        foreach (var key in given.Skip(1))
        {
            yield return input.Finding(
                "Values.ShadowedConnection", FindingStatus.Warning, External.Root.Child(key), $"The chart ignores postgres.external.{key}, because {given[0]} is set.") with
            {
                Why = "Changes to this value have no effect.",
                Fix = "Remove one of them.",
            };
        }
    }

    static ValuesFinding NotExternal(LintInput input, List<string> given)
    {
        const string Message = "LangSmith would use a PostgreSQL database in the cluster: postgres.external.enabled is not true.";
        return given.Count == 0
            ? input.AtMissing("Values.NotExternal", FindingStatus.Warning, External.Enabled, Message) with
            {
                Why = "By default, the chart installs its own PostgreSQL.",
                Fix = "To create the values for an external PostgreSQL, use New-LangSmithHelmValues.",
            }
            : input.AtMissing("Values.NotExternal", FindingStatus.Fail, External.Enabled, Message) with
            {
                Why = $"{External.Root.Child(given[0])} has no effect until postgres.external.enabled is true.",
                Fix = Remedy.Values("postgres.external.enabled: true"),
                Repair = HelmValues.Empty.With(External.Enabled, true),
            };
    }
}
