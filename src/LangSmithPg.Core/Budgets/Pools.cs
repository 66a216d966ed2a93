using System.Globalization;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Helm.Linting.Rules;

namespace LangSmithPg.Budgets;

/// <summary>The size of a pod's connection pool, and what sets it.</summary>
readonly record struct PoolSize(int Number, NumberSource Source, string? Variable, ValuesPath? Key, bool HasVariables = false);

/// <summary>The pools of the chart's workloads: what the chart sets, what the values set, and what is documented or assumed otherwise.</summary>
sealed class Pools(LintInput input)
{
    const string LangSmithVariable = "ASYNCPG_POOL_MAX_SIZE";
    const string AgentVariable = "LANGGRAPH_POSTGRES_POOL_MAX_SIZE";

    // Per replica. Source: https://docs.langchain.com/langsmith/env-var#langgraph_postgres_pool_max_size
    const int AgentPool = 150;

    // The default of asyncpg's create_pool. LangSmith documents none.
    const int AssumedPool = 10;

    // A job works through its steps one by one.
    const int AssumedJob = 1;

    static readonly ValuesPath CommonEnv = new(ChartVariable.Common);

    /// <summary>The pool of a pod that connects to LangSmith's own database, or to one of the agents'.</summary>
    public PoolSize Of(ChartComponent workload, DatabasePurpose purpose)
    {
        var variable = purpose == DatabasePurpose.LangSmith ? LangSmithVariable : AgentVariable;
        var list = workload.PodValues.Child("extraEnv");
        if (input.Chart.Variables.FirstOrDefault(one => one.Template == workload.Template && one.Name == variable && input.Chart.Holds(one.When, input.Values) is not false)
            is { } set && Parse(set.Constant) is { } constant)
        {
            return new(constant, NumberSource.Chart, variable, Key: null);
        }

        if (Given(CommonEnv, variable) is { } common)
        {
            return new(common, NumberSource.Values, variable, CommonEnv, HasVariables: true);
        }

        var hasVariables = RepeatedVariableRule.Given(input, list).Any();
        return Given(list, variable) is { } given ? new(given, NumberSource.Values, variable, list, hasVariables)
            : purpose != DatabasePurpose.LangSmith ? new(AgentPool, NumberSource.Documented, variable, list, hasVariables)
            : workload.Kind == WorkloadKind.Job ? new(AssumedJob, NumberSource.Assumed, Variable: null, Key: null)
            : new(AssumedPool, NumberSource.Assumed, variable, list, hasVariables);
    }

    /// <summary>The pool of a pod of SmithDB, which has no value for it, but for the tasks of its migration.</summary>
    public PoolSize OfSmithDb(DatabasePurpose purpose, PodCounts counts)
    {
        var path = ValuesPath.Of("smithdb.migration.taskdb.postgres.maxConnectionsPerMigrationPod");
        return purpose == DatabasePurpose.SmithDbTaskDb && counts.Number(path) is { } number && input.Chart.OwnValue($"{path}") is not null
            ? new(number.Number, number.Source, $"{path}", Key: null)
            : new(AssumedPool, NumberSource.Assumed, Variable: null, Key: null);
    }

    int? Given(ValuesPath list, string variable) => RepeatedVariableRule.Given(input, list).Where(one => one.Name == variable).Select(one => Parse(one.Value)).LastOrDefault();

    static int? Parse(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 100_000 ? number : null;
}
