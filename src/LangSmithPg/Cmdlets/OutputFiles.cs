using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Errors;
using LangSmithPg.Files;

namespace LangSmithPg.Cmdlets;

/// <summary>Paths that a cmdlet is given, and files that it writes.</summary>
static class OutputFiles
{
    // Paths as PowerShell has them: relative to its own location, with wildcards, on drives of its own.
    public static IReadOnlyList<string> Resolve(this LangSmithCmdlet cmdlet, string path)
    {
        try
        {
            // Wildcards that fit nothing are a path that is not there: they must not pass in silence.
            return cmdlet.GetResolvedProviderPathFromPSPath(path, out _) is { Count: > 0 } found ? found : [cmdlet.GetUnresolvedProviderPathFromPSPath(path)];
        }
        catch (ItemNotFoundException)
        {
            return [cmdlet.GetUnresolvedProviderPathFromPSPath(path)];
        }
    }

    // Anything that is not a path ends the cmdlet: without it, the others may look wrong.
    public static IReadOnlyList<string> RequirePaths(this LangSmithCmdlet cmdlet, string[]? paths)
    {
        if (paths is null or [] || paths.Any(PathColumnAttribute.IsUnreadable))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.NotAPath("Path"));
        }

        return paths!;
    }

    // Said before the pipeline does its work for nothing, and to -WhatIf too. Ends the cmdlet.
    public static string RequireNewFile(this LangSmithCmdlet cmdlet, string path, bool replace)
    {
        var full = cmdlet.GetUnresolvedProviderPathFromPSPath(path);
        try
        {
            NewFile.RequireFile(full);
        }
        catch (NotAFileException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.NotWritten(exception, full, replace));
        }

        if (!replace && File.Exists(full))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.NotWritten(new IOException($"The file '{full}' already exists."), full, replace));
        }

        return full;
    }

    public static void WriteFile(this LangSmithCmdlet cmdlet, string path, string text, bool ownerOnly, bool replace, bool passThru)
    {
        try
        {
            cmdlet.Save(cancellationToken =>
            {
                NewFile.Write(path, text, ownerOnly, replace, cancellationToken);
                return path;
            });
            cmdlet.WriteVerbose($"{path}: written{(ownerOnly ? "; only its owner can read it" : "")}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.NotWritten(exception, path, replace));
        }

        if (passThru)
        {
            cmdlet.WriteItem(path);
        }
    }

    // As Get-Item gives it, with the properties that PowerShell adds.
    public static void WriteItem(this LangSmithCmdlet cmdlet, string path) =>
        cmdlet.WriteObject(cmdlet.InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
}
