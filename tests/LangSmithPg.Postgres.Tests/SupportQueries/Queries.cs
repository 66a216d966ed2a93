using System.Globalization;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.SupportQueries;
using LangSmithPg.Servers;
using LangSmithPg.SupportQueries;

namespace LangSmithPg.Postgres.Tests.SupportQueries;

/// <summary>A run of a script, and all that came of it.</summary>
sealed class Queries
{
    readonly List<ScriptStep> _steps = [];

    /// <summary>Its rows, as <c>psql -A -t</c> shows them with ⊘ for null.</summary>
    public List<string> Rows { get; } = [];

    /// <summary>What it said.</summary>
    public List<string> Said { get; } = [];

    /// <summary>What was to be committed.</summary>
    public IReadOnlyList<StatementChange>? Asked { get; private set; }

    /// <summary>What it sent and said.</summary>
    public string Shown => SupportQueries.Shown.Of(_steps);

    public SupportQueryOutcome Outcome { get; private set; } = new();

    public static async Task<Queries> RunAsync(
        Tenant tenant, string script, IReadOnlyDictionary<string, string>? variables = null, bool allowsWrites = false, bool isConfirmed = true, bool isChecked = true)
    {
        var queries = new Queries();
        var request = new SupportQueryRequest
        {
            Script = SupportScript.Read("x.sql", script),
            Variables = variables ?? new Dictionary<string, string>(),
            AllowsWrites = allowsWrites,
            AsText = true,
            StatementTimeout = TimeSpan.FromMinutes(1),
            LockTimeout = TimeSpan.FromSeconds(1),
            Begin = queries._steps.Add,
            Say = queries.Said.Add,
            Write = (page, _) =>
            {
                queries.Rows.AddRange(page.Rows.Select(row => string.Join('|', row.Select(value => value ?? "⊘"))));
                return Task.CompletedTask;
            },
            Confirm = (changes, _) =>
            {
                queries.Asked = changes;
                return Task.FromResult(isConfirmed);
            },
        };
        if (isChecked)
        {
            request.Script.Check(request.Variables, allowsWrites, isUndone: false);
        }

        var (look, outcome) = await SupportQueryRun.RunAsync(Connection(tenant), request, new(), TestContext.Current.CancellationToken);
        Assert.Null(look.Failure);
        queries.Outcome = outcome!;
        return queries;
    }

    public static PgConnectionString Connection(Tenant tenant) => PgConnectionString.FromParts(tenant.Parts).Require();

    public void ThrowIfFailed() => Assert.True(Outcome is { Problem: null, Error: null }, string.Create(CultureInfo.InvariantCulture, $"line {Outcome.Line}: {Outcome.Problem?.Message}{Outcome.Error}"));

    public ServerError Error => Outcome.Error!;
}
