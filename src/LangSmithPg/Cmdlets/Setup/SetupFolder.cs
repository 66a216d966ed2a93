using System.Management.Automation;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Errors;
using LangSmithPg.Files;
using LangSmithPg.Helm;
using LangSmithPg.Setup;

namespace LangSmithPg.Cmdlets.Setup;

/// <summary>The folder of a setup: writes its files, only those that change, and remembers what became of each.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="path">Full path of the folder.</param>
sealed class SetupFolder(LangSmithCmdlet cmdlet, string path)
{
    readonly List<SetupFile> _files = [];

    /// <summary>Full path of the folder.</summary>
    public string Path => path;

    /// <summary>The files so far.</summary>
    public IReadOnlyList<SetupFile> Files => _files;

    /// <summary>Full path of a file.</summary>
    public string PathOf(string file) => System.IO.Path.Join(path, file);

    /// <summary>Writes a text.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is.</param>
    /// <param name="ownerOnly">Whether nobody but the owner may read it.</param>
    public void Write(string file, string text, string what, bool ownerOnly = false) =>
        _files.Add(new(PathOf(file), Act(PathOf(file), path => Replace(path, text, what, ownerOnly))));

    /// <summary>Sets values in a values file.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="values">The values.</param>
    /// <param name="merged">The file's text with them.</param>
    /// <param name="force">Whether what the file says otherwise is replaced.</param>
    public void WriteValues(string file, HelmValues values, string? merged, bool force) =>
        _files.Add(new(PathOf(file), Act(PathOf(file), path =>
        {
            var old = cmdlet.Wait(() => EditedFile.Open(path));
            if (old.Exists && old.Text == merged)
            {
                return SetupFileAction.Unchanged;
            }

            // Helm's values say nothing of folders: the writer takes one that is there.
            return Create() && new ValuesFileWriter(cmdlet, path, force, backup: false).Merge(values) && File.Exists(path)
                ? old.Exists ? SetupFileAction.Updated : SetupFileAction.Created
                : SetupFileAction.NotWritten;
        })));

    SetupFileAction Act(string file, Func<string, SetupFileAction> write)
    {
        try
        {
            return write(file);
        }
        catch (FileEditException exception)
        {
            cmdlet.WriteError(exception.ToErrorRecord(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(ErrorRecords.NotWritten(exception, file, replace: true));
        }

        return SetupFileAction.NotWritten;
    }

    SetupFileAction Replace(string file, string text, string what, bool ownerOnly)
    {
        var old = cmdlet.Wait(() => EditedFile.Open(file));
        if (old.Exists && old.Text == text && !(ownerOnly && old.IsReadByOthers))
        {
            return SetupFileAction.Unchanged;
        }

        if (!cmdlet.IsConfirmed(() => cmdlet.ShouldProcess(file, $"{(old.Exists ? "Replace" : "Create")} {what}"), file) || !Create())
        {
            return SetupFileAction.NotWritten;
        }

        cmdlet.Save(cancellationToken =>
        {
            NewFile.Write(file, text, ownerOnly, replace: true, cancellationToken);
            return file;
        });
        cmdlet.WriteVerbose($"{file}: written{(ownerOnly ? "; only its owner can read it" : "")}.");
        return old.Exists ? SetupFileAction.Updated : SetupFileAction.Created;
    }

    bool IsWhatIf => cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? given is SwitchParameter { IsPresent: true }
        : cmdlet.GetVariableValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };

    // With the first file, and not with -WhatIf.
    bool Create()
    {
        if (!IsWhatIf && !Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
        }

        return true;
    }
}
