using LangSmithPg.Binding;
using LangSmithPg.Errors;
using LangSmithPg.Files;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Cmdlets.Readiness;

/// <summary>Files of accepted findings, as cmdlets take them.</summary>
static class AcceptedFindingFiles
{
    // Ends the cmdlet where a file is not valid: without it, the verdict would be another one.
    public static AcceptedFindings ReadAcceptedFindings(this LangSmithCmdlet cmdlet, string[]? paths)
    {
        if (paths is [] || paths?.Any(PathColumnAttribute.IsUnreadable) == true)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.NotAPath(nameof(AcceptedFinding)));
        }

        List<AcceptedFinding> entries = [];
        foreach (var path in (paths ?? []).SelectMany(cmdlet.Resolve))
        {
            try
            {
                entries.AddRange(cmdlet.Wait(() => Yaml.Findings.AcceptedFindingsFile.Read(SharedFile.ReadAllText(path), path)));
                cmdlet.WriteVerbose($"{path}: {entries.Count} accepted finding{(entries.Count == 1 ? "" : "s")}.");
            }
            catch (AcceptedFindingException exception)
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.InvalidAcceptedFinding(exception, path));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.AcceptedFindingsNotRead(exception, path));
            }
        }

        return new(entries);
    }

    public static void WarnOfUnmatched(this LangSmithCmdlet cmdlet, AcceptedFindings accepted)
    {
        foreach (var message in accepted.Unmatched())
        {
            cmdlet.WriteWarning(message);
        }
    }
}
