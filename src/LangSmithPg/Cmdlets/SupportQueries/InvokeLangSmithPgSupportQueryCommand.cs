using System.Collections;
using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Formatting;
using LangSmithPg.SupportQueries;

namespace LangSmithPg.Cmdlets.SupportQueries;

/// <summary>
/// Runs LangChain's support queries without psql: files of SQL with psql's variables and conditions. Each file runs in one transaction, which
/// is read-only unless -AllowWrite is specified. It asks before it commits changes; in a session that is not interactive, -Confirm:$false is the
/// answer.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "LangSmithPgSupportQuery", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class InvokeLangSmithPgSupportQueryCommand : ConnectionCmdlet
{
    const int ActivityId = 1;
    const string Activity = "Running support queries";
    const int MostChangesShown = 20;

    // Null for one that has a mistake, which was written.
    readonly Dictionary<string, SupportScript?> _scripts = new(StringComparer.Ordinal);
    IReadOnlyDictionary<string, string> _variables = new Dictionary<string, string>();
    (string[]? Path, string[]? LiteralPath)? _given;

    /// <summary>The files with the queries. Wildcards are allowed.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [PathColumn("Path")]
    public string[]? Path { get; set; }

    /// <summary>The files with the queries, as they are: without wildcards.</summary>
    [Parameter(ParameterSetName = ConnectionSet, ValueFromPipelineByPropertyName = true)]
    // By value too: what does not bind, PowerShell would show as a whole in its error, such as a row with a password.
    [Parameter(ParameterSetName = PartsSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "FilePath")]
    [PathColumn("LiteralPath", "PSPath", "FullName", "FilePath")]
    public string[]? LiteralPath { get; set; }

    /// <summary>
    /// The variables of the queries, by name. Names are case-sensitive. Specify the values without quotes; the queries quote them.
    /// </summary>
    [Parameter]
    [Alias("Variables")]
    public IDictionary? Variable { get; set; }

    /// <summary>Let the queries change the database. All changes of a file are made in one transaction, after confirmation.</summary>
    [Parameter]
    public SwitchParameter AllowWrite { get; set; }

    /// <summary>Return all values as the text that PostgreSQL shows, as psql does, such as for a CSV file that is sent to LangChain.</summary>
    [Parameter]
    public SwitchParameter AsText { get; set; }

    /// <summary>The maximum time for each statement, in seconds; -TimeoutSeconds applies to the login.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400)]
    public double StatementTimeoutSeconds { get; set; } = 600;

    /// <summary>The maximum time that each statement waits for a lock, in seconds. While it waits, other sessions wait for it.</summary>
    [Parameter]
    [ValidateRange(0.001, 3600)]
    public double LockTimeoutSeconds { get; set; } = 2;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // A file in the pipeline is then a connection, and not a query too.
        _given = MyInvocation.BoundParameters.ContainsKey(nameof(Connection)) || MyInvocation.BoundParameters.ContainsKey(nameof(HostName)) ? null : (Path, LiteralPath);
        try
        {
            _variables = VariableTable.Read(Variable);
        }
        catch (SupportQueryException exception)
        {
            ThrowTerminatingError(exception.ToErrorRecord(path: null));
        }
    }

    private protected override void Process(PgConnectionString connection)
    {
        foreach (var script in Files().Select(ScriptOf).OfType<SupportScript>())
        {
            Run(script, connection);
        }
    }

    IEnumerable<string> Files()
    {
        var (paths, literal) = _given ?? (Path, LiteralPath);
        return
        [
            .. paths is null && literal is not null ? [] : this.RequirePaths(paths).SelectMany(this.ResolveFiles),
            .. literal is null ? [] : this.RequirePaths(literal).Select(GetUnresolvedProviderPathFromPSPath),
        ];
    }

    SupportScript? ScriptOf(string path)
    {
        if (!_scripts.TryGetValue(path, out var script))
        {
            script = _scripts[path] = Open(path);
        }

        return script;
    }

    SupportScript? Open(string path)
    {
        try
        {
            var script = Wait(() => SupportScript.Open(path));
            script.Check(_variables, AllowWrite, IsWhatIf);
            return script;
        }
        catch (SupportQueryException exception)
        {
            WriteError(exception.ToErrorRecord(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.ScriptNotRead(exception, path));
        }

        return null;
    }

    void Run(SupportScript script, PgConnectionString connection)
    {
        ShowProgress("connecting");
        var (look, outcome) = AwaitWith((post, cancellationToken) => Postgres.SupportQueries.SupportQueryRun.RunAsync(
            connection, RequestFor(script, connection, post, ShowProgress), OptionsFor(connection, message => post(() => WriteVerbose(message))), cancellationToken));
        WriteProgress(new(ActivityId, Activity, connection.Target) { RecordType = ProgressRecordType.Completed });
        if (outcome is null)
        {
            WriteError(look.Failure!.ToErrorRecord(connection.Target));
        }
        else if (outcome.Problem is { } problem)
        {
            WriteError(problem.ToErrorRecord(script.Path));
        }
        else if (outcome.Error is { } error)
        {
            WriteError(ErrorRecords.QueryFailed(connection.Target, script.Path, outcome.Line, error));
        }

        void ShowProgress(string where) => WriteProgress(new(ActivityId, Activity, $"{System.IO.Path.GetFileName(script.Path)}, {connection.Target}: {where}"));
    }

    Postgres.SupportQueries.SupportQueryRequest RequestFor(
        SupportScript script, PgConnectionString connection, Action<Action> post, Action<string> showProgress) => new()
    {
        Script = script,
        Variables = _variables,
        AllowsWrites = AllowWrite,
        IsUndone = IsWhatIf,
        AsText = AsText,
        StatementTimeout = TimeSpan.FromSeconds(StatementTimeoutSeconds),
        LockTimeout = TimeSpan.FromSeconds(LockTimeoutSeconds),
        Begin = step => post(() => showProgress($"line {step.Line}")),
        Say = text => post(() => WriteMessage(text)),
        Write = (page, cancellationToken) => Ask(post, () => Write(page), cancellationToken),
        Confirm = (changes, cancellationToken) => Ask(post, () => IsConfirmed(script, connection, changes), cancellationToken),
    };

    // What the pipeline's own thread answers. Once the pipeline is over, nobody does: the cancellation ends the waiting.
    static Task<bool> Ask(Action<Action> post, Func<bool> question, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        post(() => answer.TrySetResult(question()));
        return answer.Task.WaitAsync(cancellationToken);
    }

    bool Write(ResultPage page)
    {
        foreach (var row in page.Rows)
        {
            WriteObject(page.Columns is { } columns ? ToObject(columns, row) : row[0]);
        }

        return true;
    }

    static PSObject ToObject(ResultColumns columns, object?[] row)
    {
        var result = new PSObject();
        result.TypeNames.Insert(0, SupportQueryRowView.TypeName);
        for (var column = 0; column < row.Length; column++)
        {
            result.Properties.Add(new PSNoteProperty(columns.Names[column], row[column]));
        }

        return result;
    }

    bool IsConfirmed(SupportScript script, PgConnectionString connection, IReadOnlyList<StatementChange> changes)
    {
        var list = changes.Count == 0
            ? "they are not rows of tables, and are not counted"
            : string.Join("; ", changes.Take(MostChangesShown).Select(change => change.ToString()).Concat(changes.Count > MostChangesShown ? [$"and {changes.Count - MostChangesShown} more statements"] : []));
        var description = $"Commit the changes of {System.IO.Path.GetFileName(script.Path)} in {connection.Target}: {list}.";
        return this.IsConfirmed(() => ShouldProcess(description, description, "Confirm"), connection.Target);
    }
}
