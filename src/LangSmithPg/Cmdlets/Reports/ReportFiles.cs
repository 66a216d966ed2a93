using System.Management.Automation;
using System.Text.Json;
using LangSmithPg.Errors;
using LangSmithPg.Files;
using LangSmithPg.Reports;

namespace LangSmithPg.Cmdlets.Reports;

/// <summary>Files that Export-LangSmithPgReport wrote as JSON, as cmdlets take them.</summary>
static class ReportFiles
{
    // Ends the cmdlet where a file is not valid: without it, the result would be another one.
    public static FleetReport ReadReport(this LangSmithCmdlet cmdlet, string path)
    {
        try
        {
            return cmdlet.Wait(() => JsonReport.ReadFleet(SharedFile.ReadAllText(path)));
        }
        catch (JsonException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.ReportUnreadable(exception, path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.ReportNotRead(exception, path));
        }

        throw new PipelineStoppedException();
    }
}
