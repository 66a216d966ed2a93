using LangSmithPg.Common;

namespace LangSmithPg.Servers;

/// <summary>What a refused statement means, and what to do about it.</summary>
static class ServerErrorAdvice
{
    /// <summary>Whether the answer may be another one a moment later, so that nothing is proved.</summary>
    public static bool ProvesNothing(this ServerError error) =>
        error.Kind is ServerErrorKind.Locked or ServerErrorKind.TimedOut or ServerErrorKind.Conflict or ServerErrorKind.ConnectionLost;

    /// <summary>The reason, to be read behind a colon.</summary>
    public static string Reason(this ServerError error) => error.Kind switch
    {
        ServerErrorKind.PermissionDenied => "the privilege is missing",
        ServerErrorKind.NotAllowListed => "the cloud's allow-list does not include it",
        ServerErrorKind.FilesMissing => "the server does not provide it",
        ServerErrorKind.SchemaMissing => "there is no schema in which it can create objects",
        ServerErrorKind.ObjectMissing => "the search path does not include the required schema",
        ServerErrorKind.Locked => "another session holds a lock",
        ServerErrorKind.TimedOut => "it took too long",
        ServerErrorKind.ReadOnly => "the server does not accept writes",
        ServerErrorKind.DiskFull => "the server's disk is full",
        ServerErrorKind.Conflict => "another session did the same at the same time",
        ServerErrorKind.NameTaken => $"the server reports: {error.Message}",
        ServerErrorKind.ConnectionLost => "the connection was lost",
        _ => $"the server reports: {error.Message}",
    };

    /// <summary>What to do, whatever was tried.</summary>
    public static Remedy Fix(this ServerError error) => error.Kind switch
    {
        ServerErrorKind.Locked =>
            "Try again when the other session has finished. To see which session blocks which: SELECT pid, pg_blocking_pids(pid), query FROM pg_stat_activity"
            + " WHERE cardinality(pg_blocking_pids(pid)) > 0;",
        ServerErrorKind.TimedOut => "Check the server for locks and load, or increase -TimeoutSeconds.",
        ServerErrorKind.ReadOnly => "Connect to the primary; if this is the primary, check whether its disk is full.",
        ServerErrorKind.DiskFull => "Add storage to the server; writes fail until then.",
        ServerErrorKind.Conflict => "Try again.",
        ServerErrorKind.ConnectionLost => "Check the server's log; a proxy or firewall may have closed the connection. Then try again.",
        ServerErrorKind.NameTaken => "Rename or drop the object that already has the name, such as a leftover from a dump.",
        _ => $"Check the server's log for the statement that failed with {error.SqlState}.",
    };
}
