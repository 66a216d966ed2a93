using System.Collections.Concurrent;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Net;
using System.Security;
using LangSmithPg.Binding;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Files;

namespace LangSmithPg.Cmdlets;

/// <summary>What all cmdlets share: work that Ctrl+C ends, errors and warnings about connections, and new files.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LangSmithCmdlet : PSCmdlet, IDisposable
{
    readonly CancellationTokenSource _stopping = new();

    private protected CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A pipeline that has what it wanted (Select-Object -First 1) ends a cmdlet without stopping it.
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    // What others named, such as a server, a file or a certificate, must not steer the terminal.
    internal new void WriteVerbose(string text) => base.WriteVerbose(VisibleText.Of(text));

    internal new void WriteWarning(string text) => base.WriteWarning(VisibleText.Of(text));

    internal new bool ShouldProcess(string target, string action) => base.ShouldProcess(VisibleText.Line(target), VisibleText.Line(action));

    internal new bool ShouldProcess(string description, string warning, string caption) =>
        base.ShouldProcess(VisibleText.Of(description), VisibleText.Of(warning), caption);

    private protected bool IsVerbose => MyInvocation.BoundParameters.TryGetValue("Verbose", out var given)
        ? given is SwitchParameter { IsPresent: true }
        : GetVariableValue("VerbosePreference") is not (null or ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    private protected T Await<T>(Func<Action<string>, CancellationToken, Task<T>> work) =>
        AwaitWith((post, cancellationToken) => work(message => post(() => WriteVerbose(message)), cancellationToken));

    // Files may lie on a share that hangs, or be a pipe that nobody writes: Ctrl+C leaves the reading behind. Nothing in it may call PowerShell.
    internal T Wait<T>(Func<T> read)
    {
        try
        {
            return Task.Run(read).WaitAsync(_stopping.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    // A file that another program has open is waited for, until Ctrl+C.
    internal T Save<T>(Func<CancellationToken, T> write)
    {
        try
        {
            return write(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    // Only the pipeline's own thread may write: what the work posts on other threads is queued and done here.
    private protected T AwaitWith<T>(Func<Action<Action>, CancellationToken, Task<T>> work)
    {
        using var posts = new BlockingCollection<Action>();
        var task = Task.Run(async () =>
        {
            try
            {
                return await work(Post, _stopping.Token);
            }
            finally
            {
                posts.CompleteAdding();
            }
        });
        foreach (var post in posts.GetConsumingEnumerable(CancellationToken.None))
        {
            post();
        }

        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        void Post(Action post)
        {
            try
            {
                posts.Add(post);
            }
            catch (Exception exception) when (exception is InvalidOperationException or ObjectDisposedException)
            {
                // Work that was left behind at its time limit speaks to nobody.
            }
        }
    }

    // An object of this module, live or come back from a job or a file. Anything else ends the cmdlet: half a file would be worse than none.
    private protected T Take<T>(PSObject input)
        where T : class
    {
        if ((input.BaseObject as T ?? Rehydration.Read<T>(input)) is { } taken)
        {
            return taken;
        }

        ThrowTerminatingError(Rehydration.TypeOf(input) is { } type
            ? ErrorRecords.Deserialized(type, input)
            : ErrorRecords.NotTaken(input.TypeNames[0], typeof(T)));
        throw new PipelineStoppedException();
    }

    private protected PgConnectionString? Accept(ConnectionInput input)
    {
        if (input.Refusal is not { } refusal)
        {
            return Accept(input.Result);
        }

        WriteError(refusal);
        return null;
    }

    private protected PgConnectionString? Accept(ConnectionResult result)
    {
        var target = result.Connection?.Target;
        foreach (var warning in result.Warnings)
        {
            WriteWarning(target is null ? warning.ToString() : $"{target}: {warning}");
        }

        foreach (var error in result.Errors)
        {
            WriteError(error.ToErrorRecord(target));
        }

        return result.Connection;
    }

    // A path of the admin's machine leads nowhere where LangSmith runs.
    private protected void WarnOfFiles(PgConnectionString connection, string fix)
    {
        var names = connection.FileParameters.ToList();
        if (names.Count > 0)
        {
            WriteWarning($"{connection.Target}: {string.Join(" and ", names)} {(names.Count == 1 ? "names a file" : "name files")} that LangSmith has to find where it runs, not on this machine. {fix}");
        }
    }

    // Where nobody is there to be asked, PowerShell's own words say nothing of what to do.
    internal bool IsConfirmed(Func<bool> ask, string target)
    {
        if (Answer(ask) is { } answer)
        {
            return answer;
        }

        WriteError(ErrorRecords.NotConfirmed(target));
        return false;
    }

    // Null where nobody is there to be asked.
    private protected static bool? Answer(Func<bool> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception exception) when (exception is PSInvalidOperationException or HostException or NotImplementedException or NotSupportedException)
        {
            return null;
        }
    }

    // Paths as PowerShell has them: relative to its own location, with wildcards, on drives of its own.
    private protected IReadOnlyList<string> Resolve(string path)
    {
        try
        {
            // Wildcards that fit nothing are a path that is not there: they must not pass in silence.
            return GetResolvedProviderPathFromPSPath(path, out _) is { Count: > 0 } found ? found : [GetUnresolvedProviderPathFromPSPath(path)];
        }
        catch (ItemNotFoundException)
        {
            return [GetUnresolvedProviderPathFromPSPath(path)];
        }
    }

    // What is no path ends the cmdlet: without it, the others may look wrong.
    private protected IReadOnlyList<string> RequirePaths(string[]? paths)
    {
        if (paths is null or [] || paths.Any(PathColumnAttribute.IsUnreadable))
        {
            ThrowTerminatingError(ErrorRecords.NotAPath("Path"));
        }

        return paths!;
    }

    // Said before the pipeline does its work for nothing, and to -WhatIf too. Ends the cmdlet.
    private protected string RequireNewFile(string path, bool replace)
    {
        var full = GetUnresolvedProviderPathFromPSPath(path);
        try
        {
            NewFile.RequireFile(full);
        }
        catch (NotAFileException exception)
        {
            ThrowTerminatingError(ErrorRecords.NotWritten(exception, full, replace));
        }

        if (!replace && File.Exists(full))
        {
            ThrowTerminatingError(ErrorRecords.NotWritten(new IOException($"The file '{full}' already exists."), full, replace));
        }

        return full;
    }

    private protected void WriteFile(string path, string text, bool ownerOnly, bool replace, bool passThru)
    {
        try
        {
            Save(cancellationToken =>
            {
                NewFile.Write(path, text, ownerOnly, replace, cancellationToken);
                return path;
            });
            WriteVerbose($"{path}: written{(ownerOnly ? ", for its owner alone to read" : "")}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.NotWritten(exception, path, replace));
        }

        if (passThru)
        {
            WriteItem(path);
        }
    }

    // As Get-Item gives it, with the properties that PowerShell adds.
    private protected void WriteItem(string path) =>
        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    // For results that say nothing of where they come from.
    private protected static PSObject WithTarget(object result, string target)
    {
        var wrapped = new PSObject(result);
        wrapped.Properties.Add(new PSNoteProperty("Target", target));
        return wrapped;
    }

    private protected static Secret? ToSecret(SecureString? text) => text is null ? null : Secret.From(new NetworkCredential("", text).Password);
}
