using System.ComponentModel;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Text;
using LangSmithPg.Binding;
using LangSmithPg.Binding.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Reading;
using LangSmithPg.Errors;
using LangSmithPg.Files;

namespace LangSmithPg.Cmdlets;

/// <summary>What all cmdlets share: output that cannot steer the terminal, and objects and connections that they take.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LangSmithCmdlet : CancellableCmdlet
{
    const int MaximumDocument = Yaml.DocumentReader.MaximumLength;

    int _rows;
    bool _isTable;
    StringBuilder? _document;

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

    // As Write-Host does: shown, and kept apart from the output.
    private protected void WriteMessage(string text) => base.WriteInformation(new HostInformationMessage { Message = VisibleText.Of(text) }, ["PSHOST"]);

    internal new void WriteProgress(ProgressRecord progress)
    {
        progress.Activity = VisibleText.Line(progress.Activity);
        progress.StatusDescription = VisibleText.Line(progress.StatusDescription);
        base.WriteProgress(progress);
    }
#pragma warning restore RS0030

    // What PowerShell could not convert, as an error of this module: with the name that was probably meant, and what to do.
    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (var (name, value) in MyInvocation.BoundParameters)
        {
            if (OptionalTextAttribute.IsUnreadable(value))
            {
                ThrowTerminatingError(ErrorRecords.InvalidValue(name, OptionalTextAttribute.Expected(value.GetType()), row: null, OptionalTextAttribute.Meant(value), IsMandatory(name)));
            }
        }
    }

    bool IsMandatory(string name) => MyInvocation.MyCommand.Parameters[name].Attributes.OfType<ParameterAttribute>().Any(one => one.Mandatory);

    // The day for which support dates, certificates and acceptances are evaluated.
    private protected static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    // For what -WhatIf does more about than to say a line.
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? given is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

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

    // The usable ones; what is wrong with the others is written. Of the output of a command, such as kubectl, the lines come one by one: they
    // are kept until AcceptRest.
    private protected IEnumerable<PgConnectionString> Accept(IEnumerable<ConnectionInput> inputs, PartialConnection? changes = null) =>
        AcceptFound(inputs, changes ?? new()).Select(one => one.Connection);

    private protected IEnumerable<PgConnectionString> AcceptRest(PartialConnection? changes = null) =>
        AcceptFoundRest(changes ?? new()).Select(one => one.Connection);

    private protected IEnumerable<(PgConnectionString Connection, string? Source)> AcceptFound(IEnumerable<ConnectionInput> inputs, PartialConnection changes)
    {
        foreach (var input in inputs)
        {
            if (input is { Text: { } line } && (_document is not null || input.DocumentText is not null))
            {
                // What is too long is an error at the end, and not kept until then.
                _document ??= new();
                _ = _document.Length > MaximumDocument ? _document : _document.Append(line).Append('\n');
                continue;
            }

            // The lines below belong to it.
            if (input.Text is not null && (_isTable || input.IsHeader))
            {
                if (!_isTable)
                {
                    WriteError(ErrorRecords.TextOfTable());
                }

                _isTable = true;
                continue;
            }

            var found = input.File is { } path ? AcceptFile(path, changes)
                : input.Found.Count > 0 ? Accept(input.Found, file: null, changes)
                : Accept(input, changes) is { } connection ? [(connection, null)]
                : [];
            foreach (var one in found)
            {
                yield return one;
            }
        }
    }

    private protected IEnumerable<(PgConnectionString Connection, string? Source)> AcceptFoundRest(PartialConnection changes)
    {
        var document = _document?.ToString();
        _document = null;
        return document is null ? [] : AcceptText(document, file: null, changes);
    }

    private protected IEnumerable<(PgConnectionString Connection, string? Source)> AcceptFile(string path, PartialConnection changes)
    {
        return ReadFile(path, static text => text) is { } text ? AcceptText(text, path, changes) : [];
    }

    // What is read from a file; null, and an error, where it cannot be read.
    internal T? ReadFile<T>(string path, Func<string, T> read)
        where T : class
    {
        try
        {
            var file = Wait(() => EditedFile.Open(path, isEdited: false));
            return file.Exists ? read(file.Text) : throw Missing(path);
        }
        catch (FileEditException exception)
        {
            WriteError(exception.ToErrorRecord(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.ValuesNotRead(exception, path));
        }

        return null;
    }

    static IOException Missing(string path) => Directory.Exists(path)
        ? new IOException($"{path} is a folder, not a file.")
        : new FileNotFoundException($"The file {path} does not exist.", path);

    IEnumerable<(PgConnectionString Connection, string? Source)> AcceptText(string text, string? file, PartialConnection changes)
    {
        try
        {
            return Accept(CloudServerDocument.Find(text) is { Count: > 0 } servers ? servers : Yaml.Connections.ConnectionFile.Read(text, Path.GetFileName(file)), file, changes);
        }
        catch (FormatException exception)
        {
            WriteError(ErrorRecords.DocumentNotRead(exception, file));
            return [];
        }
    }

    IEnumerable<(PgConnectionString Connection, string? Source)> Accept(IReadOnlyList<FoundConnection> found, string? file, PartialConnection changes)
    {
        if (found.Count == 0)
        {
            WriteError(ErrorRecords.NoConnectionFound(file));
        }

        foreach (var one in found)
        {
            var source = file is null ? one.Place : $"{file}: {one.Place}";
            if (one.SecretName is { } secret)
            {
                WriteError(ErrorRecords.ConnectionInSecret(source, secret));
            }
            else if (one.HasLostPassword)
            {
                WriteError(ErrorRecords.DeserializedConnection());
            }
            else if (one.IsPlaceholder)
            {
                WriteError(ErrorRecords.ConnectionFilledIn(source));
            }
            else if (Accept(one.Read(changes), origin: source) is { } connection)
            {
                WriteVerbose($"{connection.Target}: found in {source}.");
                yield return (connection, source);
            }
        }
    }

    private protected PgConnectionString? Accept(ConnectionInput input, PartialConnection? changes = null)
    {
        _rows += input.IsRow ? 1 : 0;
        if ((input.IsRow ? input.RefusalOf(_rows) : input.Refusal) is not { } refusal)
        {
            var result = input.With(changes ?? new());
            if (input.Host is null || result.Connection is not null)
            {
                return Accept(result, origin: input.IsRow ? $"Row {_rows}" : null);
            }

            // Not what else is missing in it, one error each.
            refusal = ErrorRecords.HostAlone();
        }

        WriteError(refusal);
        return null;
    }

    private protected PgConnectionString? Accept(ConnectionResult result, string? origin = null)
    {
        var target = result.Connection?.Target;
        foreach (var warning in result.Warnings)
        {
            WriteWarning(target is null ? warning.ToString() : $"{target}: {warning}");
        }

        // A row without several of its columns is one mistake.
        var missing = result.Errors.Select(one => NameOf(one.Problem)).ToArray();
        if (origin is not null && missing.Length > 1 && !missing.Contains(null))
        {
            WriteError(ErrorRecords.PartsMissing(origin, missing));
            return null;
        }

        foreach (var error in result.Errors)
        {
            WriteError((origin is null ? error : error with { Message = $"{origin}: {error.Message}" }).ToErrorRecord(target));
        }

        return result.Connection;
    }

    static string? NameOf(ConnectionProblem problem) => problem switch
    {
        ConnectionProblem.EmptyHost => "HostName",
        ConnectionProblem.EmptyDatabase => "Database",
        ConnectionProblem.EmptyUserName => "UserName",
        _ => null,
    };

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
