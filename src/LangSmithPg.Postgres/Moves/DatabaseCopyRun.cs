using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Files;
using LangSmithPg.Iam;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Postgres.Moves;

/// <summary>
/// Copies a database with pg_dump and pg_restore. The source is only read. A target that was filled in part is emptied again: it was empty
/// just before.
/// </summary>
sealed class DatabaseCopyRun
{
    // LangSmith is stopped meanwhile: the least compression takes a third of the time of the usual one, and a tenth more of space.
    const string Compression = "1";

    // A dump that waits for a lock holds up whoever comes after it.
    const string LockWait = "60s";

    const string Application = "LangSmithPg move ";

    static readonly TimeSpan AnalyzeLimit = TimeSpan.FromDays(1);

    readonly CopyRequest _request;
    readonly PgTools _tools;
    readonly WorkFolder _folder;
    readonly string _application = $"{Application}{Guid.NewGuid():N}"[..40];
    readonly List<MovePhase> _phases = [];
    readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    readonly List<string> _secrets = [];
    IReadOnlyList<string> _extensions = [];

    // The schemas that extensions needed, and that are in the dump too.
    IReadOnlyList<string> _schemas = [];

    DatabaseCopyRun(CopyRequest request, PgTools tools, WorkFolder folder) => (_request, _tools, _folder) = (request, tools, folder);

    /// <summary>Copies.</summary>
    /// <param name="request">What, and how.</param>
    /// <param name="cancellationToken">Ends the programs at once; the target is then emptied.</param>
    /// <exception cref="MoveException">It failed; the message says what became of the target.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; what became of the target was a warning.</exception>
    public static async Task<DatabaseCopy> RunAsync(CopyRequest request, CancellationToken cancellationToken)
    {
        var tools = await PgTools.FindAsync(request.ToolFolder, request.SourceSide.Server.Server.Major, request.TargetSide.Server.Server.Major, cancellationToken);
        request.SourceOptions.Log($"Using pg_dump {tools.Version}: {tools.Dump}");
        using var folder = WorkFolder.Open(request.WorkPath);
        return await new DatabaseCopyRun(request, tools, folder).RunAsync(cancellationToken);
    }

    async Task<DatabaseCopy> RunAsync(CancellationToken cancellationToken)
    {
        var state = await TimeAsync("Dump", () => DumpAsync(cancellationToken));
        await TimeAsync("Restore", () => RestoreAsync(state, cancellationToken));
        await TimeAsync("Analyze", () => AnalyzeAsync(cancellationToken));
        return new()
        {
            Source = _request.Source.Observation.Connection.Target,
            Target = _request.Target.Observation.Connection.Target,
            Phases = [new("Check", _request.CheckTime), .. _phases],
            Bytes = _request.SourceSide.Facts.Size,
            DumpBytes = _folder.Size(),
            Tables = _request.SourceSide.Facts.TableCount,
            DumpTime = state.DumpTime,
            Extensions = _extensions,
            ToolVersion = _tools.Version,
            Findings = _request.Findings,
        };
    }

    async Task<CopyState> DumpAsync(CancellationToken cancellationToken)
    {
        var source = DatabaseIdentity.Of(_request.SourceSide);
        var earlier = _folder.State;
        if (earlier is not null && (earlier.Source != source || ToolVersions.Major(earlier.ToolVersion) > _tools.Major))
        {
            throw new MoveException(
                MoveProblemKind.WorkFolderNotUsable, "The folder contains a dump of another database, or one of a newer pg_dump.", "Specify another folder with -WorkPath.");
        }

        var stamp = await SourceStamp.TakeAsync(_request.SourceConnection, _request.SourceOptions, cancellationToken);
        if (earlier?.Stamp is { } known)
        {
            if (known == stamp)
            {
                _request.OnWarning(string.Create(CultureInfo.InvariantCulture, $"The dump of {earlier.DumpTime:u} is used: the source has not changed since."));
                return earlier;
            }

            _request.OnWarning(string.Create(
                CultureInfo.InvariantCulture, $"The dump of {earlier.DumpTime:u} is not used: the source {(stamp is null ? "is in use" : "has changed since")}. It is dumped again."));
        }

        _folder.RemoveDump();
        CheckRoom();
        var begun = DateTimeOffset.UtcNow;
        var login = await PrepareAsync(_request.Source, _request.SourceOptions, cancellationToken);
        var result = await RunToolAsync(
            "Dump", _tools.Dump,
            [
                $"--dbname={login.Info}", "--format=directory", $"--file={_folder.Dump}", $"--jobs={Jobs}", $"--compress={Compression}", "--no-owner", "--no-acl", "--no-publications", "--no-subscriptions",
                "--quote-all-identifiers", $"--lock-wait-timeout={LockWait}", "--no-password", "--verbose",
            ],
            login, _request.SourceConnection, _request.SourceOptions, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new MoveException(
                MoveProblemKind.DumpFailed, $"pg_dump failed: {Redact(ToolMessages.Reason(result.Messages), _request.SourceConnection)} Nothing was changed.",
                "Fix what the message names, and run the command again.");
        }

        earlier ??= new(CopyPhase.Dumped, source ?? new("", _request.SourceSide.Facts.DatabaseId, _request.SourceSide.Server.Database.Name), begun, _tools.Version, Target: null);
        var state = earlier with { DumpTime = begun, ToolVersion = _tools.Version, Stamp = stamp };
        _folder.Save(state);
        return state;
    }

    void CheckRoom()
    {
        if (_folder.FreeSpace() is not { } free || DumpRoom.Evaluate(free, _request.SourceSide.Facts.Size) is not { } room)
        {
            return;
        }

        if (!room.IsEnough && !_request.Force)
        {
            throw new MoveException(MoveProblemKind.WorkFolderNotUsable, room.Message, "Specify a folder on a larger disk with -WorkPath, or -Force to try.");
        }

        _request.OnWarning(room.Message);
    }

    async Task<object?> RestoreAsync(CopyState state, CancellationToken cancellationToken)
    {
        var now = await LookAgainAsync(cancellationToken);
        var target = DatabaseIdentity.Of(now);
        IReadOnlyList<string> kept = [.. now.Facts.Schemas.Select(schema => schema.Name)];
        var present = kept;
        if (now.Facts.ObjectCount > 0)
        {
            kept = state.KeptSchemas;
            present = await EmptyInterruptedAsync(now, kept);
        }

        _folder.Save(state with { Phase = CopyPhase.Restoring, Target = target, KeptSchemas = kept });
        try
        {
            _extensions = await CreateExtensionsAsync(present, cancellationToken);
            await RestoreAsync(present, cancellationToken);
        }
        catch (Exception exception)
        {
            await EndAsync(exception, state, kept);
            throw;
        }

        _folder.Save(state with { Phase = CopyPhase.Restored, Target = target });
        return null;
    }

    // The check may be hours ago, and whatever came since must not be dropped when the restore fails.
    async Task<MoveSide> LookAgainAsync(CancellationToken cancellationToken)
    {
        var look = await MoveCheck.LookAsync(_request.TargetConnection, _request.TargetOptions, cancellationToken);
        if (look is not { Observation: { Failure: null, Facts: { } server }, Facts: { } facts })
        {
            throw new MoveException(MoveProblemKind.MoveNotReady, $"The target cannot be checked again: {look.Observation.Failure?.Message} Nothing was changed.", "Run the command again.");
        }

        var side = new MoveSide(_request.TargetConnection, server, facts);
        if (facts.DatabaseId != _request.TargetSide.Facts.DatabaseId || facts.SystemIdentifier != _request.TargetSide.Facts.SystemIdentifier)
        {
            throw new MoveException(MoveProblemKind.MoveNotReady, "The connection of the target leads to another server than before. Nothing was changed.", "Run the command again.");
        }

        return facts.ObjectCount == 0 || _folder.WasRestoringInto(DatabaseIdentity.Of(side)) ? side : throw new MoveException(
            MoveProblemKind.MoveNotReady, $"The target is not empty: it has {Listing.Count(facts.ObjectCount, "object")}, such as {facts.Objects[0]}. Nothing was changed.", "Specify an empty database.");
    }

    async Task<IReadOnlyList<string>> EmptyInterruptedAsync(MoveSide now, IReadOnlyList<string> kept)
    {
        // Whoever uses it has taken it for complete.
        if (now.Facts.Sessions.FirstOrDefault(session => !session.Application.StartsWith("LangSmithPg", StringComparison.Ordinal)) is { } other)
        {
            throw new MoveException(
                MoveProblemKind.MoveNotReady, $"The target holds what an interrupted restore left there, but another session uses it: {(other.Application.Length > 0 ? other.Application : other.User)}. Nothing was changed.",
                "End the sessions in the target, or specify an empty database.");
        }

        _request.TargetOptions.Log("Emptying the target of the restore that was interrupted.");
        // The interrupted one may still build an index for a program that is gone.
        var (facts, reason) = await EmptyAsync(kept, $"{Application}%");
        return facts is not null
            ? [.. facts.Schemas.Select(schema => schema.Name)]
            : throw new MoveException(MoveProblemKind.RestoreFailed, $"The target could not be emptied of the restore that was interrupted: {reason}", EmptyAdvice);
    }

    Task<(MoveFacts? Facts, string? Reason)> EmptyAsync(IEnumerable<string> kept, string sessions) =>
        TargetEmptying.RunAsync(_request.TargetConnection, _request.TargetOptions, _request.TargetSide.Facts, kept, sessions);

    async Task RestoreAsync(IReadOnlyList<string> present, CancellationToken cancellationToken)
    {
        var listed = await ChildProgram.RunAsync(_tools.Restore, ["--list", _folder.Dump], new Dictionary<string, string>(), static _ => { }, cancellationToken);
        if (listed.ExitCode != 0)
        {
            throw RestoreFailed($"pg_restore cannot read the dump: {ToolMessages.Reason(listed.Messages)}");
        }

        NewFile.Write(
            _folder.List, RestoreList.Filter(listed.Output, [.. _request.SourceSide.Facts.Schemas.Select(schema => schema.Name), PgConnectionString.DefaultSchema],
                [.. present, PgConnectionString.DefaultSchema, .. _schemas]),
            ownerOnly: true, replace: true, cancellationToken);
        var login = await PrepareAsync(_request.Target, _request.TargetOptions, cancellationToken);
        _begun.Clear();
        var result = await RunToolAsync(
            "Restore", _tools.Restore,
            [
                $"--dbname={login.Info}", "--format=directory", $"--jobs={Jobs}", "--no-owner", "--no-acl", "--no-tablespaces", "--no-publications", "--no-subscriptions", "--exit-on-error",
                $"--use-list={_folder.List}", "--no-password", "--verbose", _folder.Dump,
            ],
            login, _request.TargetConnection, _request.TargetOptions, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw RestoreFailed($"pg_restore failed: {Redact(ToolMessages.Reason(result.Messages), _request.TargetConnection)}");
        }
    }

    async Task<IReadOnlyList<string>> CreateExtensionsAsync(IReadOnlyList<string> present, CancellationToken cancellationToken)
    {
        var missing = MissingExtensions.Of(_request.SourceSide, _request.TargetSide);
        List<InstalledExtension> wanted = [.. missing.Creatable, .. missing.Unknown];
        _schemas = [.. wanted.Select(one => one.Schema).Distinct(StringComparer.Ordinal).Where(name => !present.Contains(name) && name != "pg_catalog")];
        await ExtensionCreation.RunAsync(_request.TargetConnection, _request.TargetOptions, _schemas, wanted, cancellationToken);
        return [.. wanted.Select(one => one.Name)];
    }

    // What becomes of a target that was filled in part: part of the error, or, where the caller cancelled, a warning.
    async Task EndAsync(Exception exception, CopyState state, IReadOnlyCollection<string> kept)
    {
        string outcome;
        string? advice = null;
        if (_request.KeepsPartial)
        {
            (outcome, advice) = ("The target is partially filled.", EmptyAdvice);
        }
        else
        {
            _request.TargetOptions.Log("Emptying the target, which was filled in part.");
            _request.OnProgress(new("Empty", Table: null, 0, 0));
            var (_, reason) = await EmptyAsync(kept, _application);
            (outcome, advice) = reason is null
                ? ($"The target was emptied again{(_extensions.Count > 0 ? $"; the extensions that were created stay: {string.Join(", ", _extensions)}" : "")}.", null)
                : ($"The target is partially filled, and could not be emptied: {reason}", EmptyAdvice);
            if (reason is null)
            {
                // What comes into the target from now on is somebody's own.
                _folder.Save(state with { Phase = CopyPhase.Dumped, Target = null, KeptSchemas = [] });
            }
        }

        if (exception is MoveException failure)
        {
            throw failure.After(outcome, advice);
        }

        if (exception is not OperationCanceledException)
        {
            throw RestoreFailed(Redact(exception.Message, _request.TargetConnection)).After(outcome, advice);
        }

        _request.OnWarning(advice is null ? $"The copy was ended. {outcome}" : $"The copy was ended. {outcome} {advice}");
    }

    static string EmptyAdvice => "To empty it, drop the schemas of the target with everything in them, or drop and create the database.";

    async Task<object?> AnalyzeAsync(CancellationToken cancellationToken)
    {
        _request.OnProgress(new("Analyze", Table: null, 0, 0));
        string? problem;
        try
        {
            problem = await TryAnalyzeAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            WarnOfAnalyze("The copy was ended.");
            throw;
        }

        if (problem is { Length: > 0 })
        {
            WarnOfAnalyze(problem);
        }

        return null;
    }

    void WarnOfAnalyze(string problem) =>
        _request.OnWarning($"{_request.TargetConnection.Target}: the data was copied, but not analyzed, without which queries are slow: {problem} Run ANALYZE; in the target.");

    async Task<string?> TryAnalyzeAsync(CancellationToken cancellationToken)
    {
        var (observation, error) = await ServerSession.UseAsync<string>(
            _request.TargetConnection, _request.TargetOptions with { WorkTimeout = AnalyzeLimit }, (open, limit) => open.TryAsync("analyze", limit), cancellationToken);
        return observation.Failure?.Message ?? error;
    }

    async Task<LibpqLogin> PrepareAsync(MoveLook look, SessionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var login = await LibpqLogin.PrepareAsync(look.Observation.Connection, look.Observation.Host, options, _folder.Secrets, _tools.Major, _application, cancellationToken);
            _secrets.AddRange(login.Environment.Values);
            return login;
        }
        catch (Exception exception) when (exception is CertificateException or IOException or UnauthorizedAccessException)
        {
            throw new MoveException(MoveProblemKind.ConnectionNotPassed, $"The certificates of the connection cannot be used: {exception.Message}", "Check -CaCertificate, -ClientCertificate, and the files that the connection names.");
        }
        catch (Exception exception) when (exception is TokenException or TimeoutException)
        {
            throw new MoveException(MoveProblemKind.ConnectionNotPassed, exception.Message, exception is TokenException token ? token.Fix : "Specify a token with -AccessToken.");
        }
    }

    async Task<ProgramResult> RunToolAsync(
        string phase, string path, IReadOnlyList<string> arguments, LibpqLogin login, PgConnectionString connection, SessionOptions options, CancellationToken cancellationToken)
    {
        _request.OnProgress(new(phase, Table: null, 0, _request.SourceSide.Facts.TableCount));
        try
        {
            return await ChildProgram.RunAsync(path, arguments, login.Environment, Tell, cancellationToken);
        }
        catch (Win32Exception exception)
        {
            throw new MoveException(MoveProblemKind.ToolsNotFound, $"{path} cannot be started: {exception.Message}", "Specify the folder of pg_dump and pg_restore with -PgBinPath.");
        }

        void Tell(string line)
        {
            var shown = Redact(line, connection);
            if (ToolMessages.TableOf(shown) is { } table)
            {
                lock (_begun)
                {
                    _begun.Add(table);
                    _request.OnProgress(new(phase, table, Math.Min(_begun.Count, _request.SourceSide.Facts.TableCount), _request.SourceSide.Facts.TableCount));
                }
            }

            options.Log(shown);
        }
    }

    // Tokens are not in the connection.
    string Redact(string text, PgConnectionString connection) => VisibleText.Line(Redactor.Redact(connection.Redact(text), _secrets));

    async Task<T> TimeAsync<T>(string phase, Func<Task<T>> work)
    {
        var clock = Stopwatch.StartNew();
        var result = await work();
        _phases.Add(new(phase, clock.Elapsed));
        return result;
    }

    string Jobs => _request.Jobs.ToString(CultureInfo.InvariantCulture);

    // An index that was damaged by another version of the system's collations lets rows in that are there already.
    static MoveException RestoreFailed(string message) => new(MoveProblemKind.RestoreFailed, message, message.Contains("could not create unique index", StringComparison.Ordinal)
        ? "The source has the same key more than once, which its own index, probably damaged, does not show: remove the rows that are too many from the source, run REINDEX there, and run the command again."
        : "Fix what the message names in the source or the target, and run the command again.");
}
