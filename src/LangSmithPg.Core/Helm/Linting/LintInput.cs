using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting;

/// <summary>The input of a rule.</summary>
/// <param name="Files">The files, in the order of Helm's <c>-f</c>.</param>
/// <param name="Values">What holds after all files.</param>
/// <param name="Chart">The chart.</param>
sealed record LintInput(IReadOnlyList<ValuesFile> Files, EffectiveValues Values, LintChart Chart)
{
    static readonly ValuesPath SkipValidation = new("config", "skipValidation");

    /// <summary>Whether the values switch off what the chart checks for.</summary>
    public bool SkipsValidation => IsTrue(SkipValidation) && Chart.Features.Contains(ChartFeature.SkipValidation);

    /// <summary>Keys with which Helm fails under these values.</summary>
    public IEnumerable<ChartRefusal> Refusals => SkipsValidation
        ? []
        : Chart.Refusals.Where(one => !one.AllowsEmpty || Values.FindAny(one.Path) is not { Value: var value } || !IsEmpty(value));

    /// <summary>The pods that reach LangSmith's PostgreSQL under these values.</summary>
    public IEnumerable<ChartComponent> Components => Chart.Workloads.Where(one => one.HasConnection && Chart.IsOn(one, Values) is not false);

    /// <summary>Whether another database of the chart is used under these values.</summary>
    public bool IsOn(ChartDatabase database)
    {
        if (database.EnabledWhen is { } condition)
        {
            return Chart.Holds(condition, Values) is true;
        }

        var users = Users(database).ToList();
        return users.Count > 0 ? users.Exists(one => Chart.IsOn(one, Values) is true) : Chart.IsTrue($"{database.Path.Keys[0]}.enabled", Values);
    }

    /// <summary>The workloads that connect to another database.</summary>
    public IEnumerable<ChartComponent> Users(ChartDatabase database) => Chart.Workloads.Where(one => one.OwnDatabase == database.Path.Parent?.ToString());

    /// <summary>The databases of the agents that are used under these values: all have the same keys.</summary>
    public IEnumerable<DatabaseValues> AgentDatabases => Chart.OtherDatabases.Where(one => IsAgent(one) && IsOn(one)).Select(one => new DatabaseValues(this, one.Path));

    /// <summary>Whether a database is one of the agents', such as <c>polly.postgres.external</c>.</summary>
    public static bool IsAgent(ChartDatabase database) => database.Path.Keys is [_, "postgres", "external"];

    /// <summary>Whether the pods mount a client certificate. Charts without support for it ignore its values.</summary>
    public bool HasClientCertificate => Chart.Features.Contains(ChartFeature.ClientCertificate) && Text(External.ClientCertificate) is not null;

    /// <summary>Whose tokens log in, as the values say it; null for a password. Charts without support for IAM ignore it.</summary>
    public string? IamProvider => Chart.Features.Contains(ChartFeature.IamAuthProvider) ? Text(IamValues.Provider) : null;

    /// <summary>How bad something is that follows from what is known of the chart: unknown for a version that is not in the catalog.</summary>
    public FindingStatus IfKnown(FindingStatus status) => Chart.TakenFor is null ? status : FindingStatus.Unknown;

    /// <summary>What holds at a path, as text; null where it is nothing, empty, or no text.</summary>
    public string? Text(ValuesPath path) => Values.Find(path) is { Value: { Kind: ValueKind.Word or ValueKind.Text, Text.Length: > 0 } value } ? value.Text : null;

    /// <summary>Whether a template takes the value for true; what no file says is false.</summary>
    public bool IsTrue(ValuesPath path) => Values.Find(path) is { Value.IsTrue: true };

    /// <summary>A finding at a value that holds.</summary>
    public ValuesFinding Finding(string id, FindingStatus status, ValuesPath path, string message)
    {
        var (file, value) = Values.Find(path) ?? throw new ArgumentException($"There is no value at {path}.", nameof(path));
        return At(id, status, file, value, message);
    }

    /// <summary>A finding at a value of a file.</summary>
    public static ValuesFinding At(string id, FindingStatus status, ValuesFile file, ValuesNode value, string message) => new()
    {
        Id = id, Status = status, Path = file.Path, Line = value.Line, Column = value.Column, Key = value.Path.ToString(), Message = message,
    };

    /// <summary>A finding about a missing value: at the nearest map above it, or at the beginning of the last file.</summary>
    public ValuesFinding AtMissing(string id, FindingStatus status, ValuesPath path, string message)
    {
        for (var above = path; above is not null; above = above.Parent)
        {
            if (Values.Find(above) is not null)
            {
                return Finding(id, status, above, message) with { Key = path.ToString() };
            }
        }

        return new() { Id = id, Status = status, Path = Files[^1].Path, Line = 1, Column = 1, Key = path.ToString(), Message = message };
    }

    bool IsEmpty(ValuesNode value) => value.Kind switch
    {
        ValueKind.Map or ValueKind.List => Values.IsEmpty(value.Path),
        _ => !value.IsTrue,
    };
}
