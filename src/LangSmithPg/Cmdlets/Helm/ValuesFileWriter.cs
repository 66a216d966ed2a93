using LangSmithPg.Errors;
using LangSmithPg.Files;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Editing;

namespace LangSmithPg.Cmdlets.Helm;

/// <summary>Merges values into a values file for a cmdlet: shows the change, asks, and writes.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="path">Full path of the file.</param>
/// <param name="force">Whether what the file says otherwise is replaced.</param>
/// <param name="backup">Whether to keep a copy of the old file.</param>
sealed class ValuesFileWriter(LangSmithCmdlet cmdlet, string path, bool force, bool backup)
{
    /// <summary>Merges.</summary>
    /// <returns>Whether the file holds the values now.</returns>
    public bool Merge(HelmValues values)
    {
        try
        {
            var file = cmdlet.Wait(() => EditedFile.Open(path));
            var edit = Yaml.Editing.ValuesEditor.Apply(file.Text, values);
            return IsAllowed(edit) && Write(file, edit, values);
        }
        catch (FileEditException exception)
        {
            cmdlet.WriteError(exception.ToErrorRecord(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(ErrorRecords.NotEdited(exception, path));
        }

        return false;
    }

    bool IsAllowed(ValuesEdit edit)
    {
        if (force || edit.Conflicts.Count == 0)
        {
            return true;
        }

        foreach (var conflict in edit.Conflicts)
        {
            cmdlet.WriteError(ErrorRecords.ValuesConflict(path, conflict));
        }

        return false;
    }

    bool Write(EditedFile file, ValuesEdit edit, HelmValues values)
    {
        if (edit.Changes.Count == 0)
        {
            cmdlet.WriteVerbose($"{path} already contains these values.");
            return true;
        }

        var what = $"{(file.Exists ? "Change" : "Create")} {path}:\n{edit.Diff}";
        if (!cmdlet.IsConfirmed(() => cmdlet.ShouldProcess(what, $"{what}\nContinue?", "Values file"), path))
        {
            return false;
        }

        foreach (var change in edit.Changes)
        {
            cmdlet.WriteVerbose($"{path}: {change}");
        }

        if (cmdlet.Save(cancellationToken => file.Write(edit.Text, values.HoldsSecrets, backup, cancellationToken)) is { } copy)
        {
            cmdlet.WriteVerbose($"The previous file was saved as {copy}.");
        }

        cmdlet.WriteVerbose($"{path}: written.");
        if (values.HoldsSecrets && file.IsReadByOthers)
        {
            cmdlet.WriteWarning($"{path} now contains a password and can be read by other users on this machine. Keep the connection in a Secret, or restrict the file's permissions.");
        }

        return true;
    }
}
