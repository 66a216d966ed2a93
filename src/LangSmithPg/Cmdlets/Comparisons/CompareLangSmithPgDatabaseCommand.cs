using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Common;
using LangSmithPg.Comparisons;
using LangSmithPg.Connections;
using LangSmithPg.Errors;

namespace LangSmithPg.Cmdlets.Comparisons;

/// <summary>
/// Compares databases with a reference: rows by checksums that the servers compute, sequences, and definitions. It proves a move, a restored
/// backup or a major upgrade. Changes nothing.
/// </summary>
[Cmdlet(VerbsData.Compare, "LangSmithPgDatabase")]
[OutputType(typeof(DatabaseComparison), typeof(bool))]
public sealed class CompareLangSmithPgDatabaseCommand : ServerCmdlet
{
    const int ActivityId = 1;
    const string Activity = "Comparing databases";

    // As often as somebody can read it.
    static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    readonly Stopwatch _clock = Stopwatch.StartNew();
    TimeSpan _lastProgress = -ProgressInterval;
    PgConnectionString? _reference;
    ResumeFile? _resume;

    /// <summary>The database to compare with, such as the one that the data was copied from.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ReferenceObject", "From")]
    [NullConnection]
    public ConnectionInput[] Reference { get; set; } = [];

    /// <summary>The databases to compare, such as the one that the data was copied to.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("DifferenceObject", "To")]
    [NullConnection]
    public ConnectionInput[] Difference { get; set; } = [];

    /// <summary>The tables to compare, with or without their schema; all by default. Wildcards are allowed. Other objects are not compared then.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Table { get; set; } = [];

    /// <summary>Schemas to leave out, such as those that a cloud adds. Wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] ExcludeSchema { get; set; } = [];

    /// <summary>Find the rows that differ, and which of their columns. Their keys are shown; no other value is read.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>The maximum number of rows to find in each table with -Detailed.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int MaximumRows { get; set; } = 100;

    /// <summary>The size in bytes from which a table is compared in a sample, such as 10GB. Its rows are counted in any case.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? SampleAbove { get; set; }

    /// <summary>How many percent of the rows a sample has. They are chosen by their keys, so that both databases choose the same.</summary>
    [Parameter]
    [ValidateRange(0.0001, 100)]
    public double SamplePercent { get; set; } = 1;

    /// <summary>The number of sessions that read at the same time on each server.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>The maximum time for each statement, in seconds; -TimeoutSeconds applies to the login.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public double StatementTimeoutSeconds { get; set; } = 600;

    /// <summary>
    /// A file in which each table that is equal is recorded. If it exists, tables that an earlier run recorded are not read again, unless the
    /// statistics of a server say that their rows have changed.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResumePath { get; set; }

    /// <summary>Return only true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        IReadOnlyList<PgConnectionString> accepted = [.. Accept(Reference), .. AcceptRest()];
        if (accepted.Count > 1)
        {
            ThrowTerminatingError(ErrorRecords.SeveralReferences(accepted.Count));
        }

        if (ResumePath is { } path)
        {
            _resume = OpenResumeFile(GetUnresolvedProviderPathFromPSPath(path));
        }

        _reference = accepted.Count == 1 ? accepted[0] : null;
        if (_reference is not null)
        {
            WarnOfStrangers(_reference);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var difference in Accept(Difference))
        {
            Process(difference);
        }
    }

    // What is wrong with the reference is an error already.
    void Process(PgConnectionString difference)
    {
        if (_reference is null)
        {
            return;
        }

        WarnOfStrangers(difference);
        if (Compare(_reference, difference) is not { } comparison)
        {
            return;
        }

        if (Table.Length > 0 && comparison.Tables.Count == 0)
        {
            WriteError(ErrorRecords.NoTableFound(string.Join(", ", Table), difference.Target));
        }
        else if (Quiet)
        {
            WriteObject(comparison.IsEqual);
        }
        else
        {
            WriteObject(comparison);
        }
    }

    ResumeFile OpenResumeFile(string path)
    {
        try
        {
            return Wait(() => ResumeFile.Open(path));
        }
        catch (FormatException exception)
        {
            ThrowTerminatingError(ErrorRecords.NotAResumeFile(exception, path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.NotWritten(exception, path, replace: true));
        }

        throw new PipelineStoppedException();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _resume?.Dispose();
    }

    DatabaseComparison? Compare(PgConnectionString reference, PgConnectionString difference)
    {
        try
        {
            var (comparison, failed) = AwaitWith((post, cancellationToken) => Postgres.Comparisons.ComparisonRun.RunAsync(
                reference, difference, CreateRequest(), connection => OptionsFor(connection, message => post(() => WriteVerbose(message))),
                progress => post(() => ShowProgress(progress)), cancellationToken));
            if (failed is not null)
            {
                WriteError(failed.Failure!.ToErrorRecord(failed.Connection.Target));
            }

            return comparison;
        }
        catch (ComparisonException exception)
        {
            WriteError(ErrorRecords.NotCompared(exception));
            return null;
        }
        catch (IOException exception) when (ResumePath is not null)
        {
            WriteError(ErrorRecords.NotWritten(exception, GetUnresolvedProviderPathFromPSPath(ResumePath), replace: true));
            return null;
        }
        finally
        {
            WriteProgress(new(ActivityId, Activity, difference.Target) { RecordType = ProgressRecordType.Completed });
        }
    }

    private protected override bool TakesToken(PgConnectionString connection) => !connection.HasPassword;

    // A database in the cluster has no TLS to verify.
    private protected override bool TakesAuthorities(PgConnectionString connection) => connection.EffectiveSslMode() != SslMode.Disable;

    ComparisonRequest CreateRequest()
    {
        var tables = Patterns(Table);
        var excluded = Patterns(ExcludeSchema);
        return new()
        {
            IsPartial = Table.Length > 0,
            TakesTable = name => tables.Count == 0 || tables.Any(pattern => pattern.IsMatch(name) || pattern.IsMatch(name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])),
            TakesSchema = name => !excluded.Any(pattern => pattern.IsMatch(name)),
            IsDetailed = Detailed,
            MaximumRows = MaximumRows,
            Sessions = ThrottleLimit,
            SampleAbove = SampleAbove ?? long.MaxValue,
            SamplePercent = SamplePercent,
            Known = _resume?.Known ?? new Dictionary<string, KnownTable>(),
            Record = _resume is null ? null : _resume.Add,
            StatementTimeout = TimeSpan.FromSeconds(StatementTimeoutSeconds),
        };
    }

    static List<WildcardPattern> Patterns(string[] names) => [.. names.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))];

    void ShowProgress(ComparisonProgress progress)
    {
        if (_clock.Elapsed - _lastProgress < ProgressInterval)
        {
            return;
        }

        _lastProgress = _clock.Elapsed;
        WriteProgress(new(ActivityId, Activity, progress.TotalBytes == 0 ? progress.Activity : string.Create(
            CultureInfo.InvariantCulture, $"{ByteSize.Text(progress.DoneBytes)} of {ByteSize.Text(progress.TotalBytes)}, {ByteSize.Text((long)progress.BytesPerSecond)}/s. {progress.Activity}"))
        {
            PercentComplete = progress.TotalBytes == 0 ? -1 : (int)Math.Clamp(100 * progress.DoneBytes / progress.TotalBytes, 0, 100),
            SecondsRemaining = progress.Left is { } left ? (int)left.TotalSeconds : -1,
        });
    }
}
