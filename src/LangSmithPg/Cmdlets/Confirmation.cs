using System.Management.Automation;
using System.Management.Automation.Host;
using LangSmithPg.Errors;

namespace LangSmithPg.Cmdlets;

/// <summary>Questions to whoever runs a cmdlet, also where nobody is there to answer.</summary>
static class Confirmation
{
    // Where nobody is there to be asked, PowerShell's own words say nothing of what to do.
    public static bool IsConfirmed(this LangSmithCmdlet cmdlet, Func<bool> ask, string target)
    {
        if (Answer(ask) is { } answer)
        {
            return answer;
        }

        cmdlet.WriteError(ErrorRecords.NotConfirmed(target));
        return false;
    }

    // Null where nobody is there to be asked.
    public static bool? Answer(Func<bool> ask)
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
}
