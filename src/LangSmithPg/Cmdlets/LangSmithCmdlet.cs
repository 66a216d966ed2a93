using System.ComponentModel;
using System.Management.Automation;
using System.Net;
using System.Security;
using LangSmithPg.Binding;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Errors;

namespace LangSmithPg.Cmdlets;

/// <summary>What all cmdlets share: output that cannot steer the terminal, and objects and connections that they take.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LangSmithCmdlet : CancellableCmdlet
{
    int _rows;

#pragma warning disable RS0030 // The one place that may call them.
    // What others named, such as a server, a file or a certificate, must not steer the terminal.
    internal new void WriteVerbose(string text)
    {
        // With -Debug alone, PowerShell turns every verbose line into a question.
        if (MyInvocation.BoundParameters.ContainsKey("Debug") && !MyInvocation.BoundParameters.ContainsKey("Verbose"))
        {
            base.WriteDebug(VisibleText.Of(text));
        }
        else
        {
            base.WriteVerbose(VisibleText.Of(text));
        }
    }

    internal new void WriteWarning(string text) => base.WriteWarning(VisibleText.Of(text));

    internal new bool ShouldProcess(string target, string action) => base.ShouldProcess(VisibleText.Line(target), VisibleText.Line(action));

    internal new bool ShouldProcess(string description, string warning, string caption) =>
        base.ShouldProcess(VisibleText.Of(description), VisibleText.Of(warning), caption);

    internal new bool ShouldContinue(string query, string caption) => base.ShouldContinue(VisibleText.Of(query), VisibleText.Line(caption));

    internal new void WriteProgress(ProgressRecord progress)
    {
        progress.Activity = VisibleText.Line(progress.Activity);
        progress.StatusDescription = VisibleText.Line(progress.StatusDescription);
        base.WriteProgress(progress);
    }
#pragma warning restore RS0030

    private protected bool IsVerbose => MyInvocation.BoundParameters.TryGetValue("Verbose", out var given)
        ? given is SwitchParameter { IsPresent: true }
        : GetVariableValue("VerbosePreference") is not (null or ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    private protected T Await<T>(Func<Action<string>, CancellationToken, Task<T>> work) =>
        AwaitWith((post, cancellationToken) => work(message => post(() => WriteVerbose(message)), cancellationToken));

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

    // The usable ones; what is wrong with the others is written.
    private protected IEnumerable<PgConnectionString> Accept(IEnumerable<ConnectionInput> inputs, PartialConnection? changes = null) =>
        inputs.Select(input => Accept(input, changes)).OfType<PgConnectionString>();

    private protected PgConnectionString? Accept(ConnectionInput input, PartialConnection? changes = null)
    {
        _rows += input.IsRow ? 1 : 0;
        if ((input.IsRow ? input.RefusalOf(_rows) : input.Refusal) is not { } refusal)
        {
            return Accept(input.With(changes ?? new()), input.IsRow ? _rows : null);
        }

        WriteError(refusal);
        return null;
    }

    private protected PgConnectionString? Accept(ConnectionResult result, int? row = null)
    {
        var target = result.Connection?.Target;
        foreach (var warning in result.Warnings)
        {
            WriteWarning(target is null ? warning.ToString() : $"{target}: {warning}");
        }

        foreach (var error in result.Errors)
        {
            WriteError((row is null ? error : error with { Message = $"Row {row}: {error.Message}" }).ToErrorRecord(target));
        }

        return result.Connection;
    }

    // A path of the admin's machine leads nowhere where LangSmith runs.
    private protected void WarnOfFiles(PgConnectionString connection, string fix)
    {
        var names = connection.FileParameters.ToList();
        if (names.Count > 0)
        {
            WriteWarning($"{connection.Target}: {string.Join(" and ", names)} {(names.Count == 1 ? "specifies a file" : "specify files")} that must exist where LangSmith runs, not on this machine. {fix}");
        }
    }

    // For results that say nothing of where they come from.
    private protected static PSObject WithTarget(object result, string target)
    {
        var wrapped = new PSObject(result);
        wrapped.Properties.Add(new PSNoteProperty("Target", target));
        return wrapped;
    }

    private protected static Secret? ToSecret(SecureString? text) => text is null ? null : Secret.From(new NetworkCredential("", text).Password);
}
