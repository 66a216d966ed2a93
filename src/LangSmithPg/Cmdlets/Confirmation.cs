using System.Management.Automation;
using System.Management.Automation.Host;
using LangSmithPg.Errors;

namespace LangSmithPg.Cmdlets;

/// <summary>Confirmation prompts, also for sessions that are not interactive.</summary>
static class Confirmation
{
    // In a session that is not interactive, PowerShell's own message does not say what to do.
    public static bool IsConfirmed(this LangSmithCmdlet cmdlet, Func<bool> ask, string target)
    {
        if (Answer(ask) is { } answer)
        {
            return answer;
        }

        cmdlet.WriteError(ErrorRecords.NotConfirmed(target));
        return false;
    }

    // Null if the session is not interactive.
    public static bool? Answer(Func<bool> ask) => TryAsk(ask, out var answer) ? answer : null;

    // False if the session is not interactive.
    public static bool TryAsk<T>(Func<T> ask, out T? answer)
    {
        try
        {
            answer = ask();
            return true;
        }
        catch (Exception exception) when (exception is PSInvalidOperationException or HostException or NotImplementedException or NotSupportedException)
        {
            answer = default;
            return false;
        }
    }
}
