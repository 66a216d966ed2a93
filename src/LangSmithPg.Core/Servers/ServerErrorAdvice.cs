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
        ServerErrorKind.PermissionDenied => "it lacks the privilege",
        ServerErrorKind.NotAllowListed => "the cloud's allow-list does not have it",
        ServerErrorKind.FilesMissing => "the server does not have it",
        ServerErrorKind.SchemaMissing => "there is no schema that it may create in",
        ServerErrorKind.ObjectMissing => "the search path does not reach what is needed",
        ServerErrorKind.Locked => "another session holds a lock",
        ServerErrorKind.TimedOut => "it took too long",
        ServerErrorKind.ReadOnly => "the server takes no writes",
        ServerErrorKind.DiskFull => "the server's disk is full",
        ServerErrorKind.Conflict => "another session did the same at the same moment",
        ServerErrorKind.NameTaken => $"the server says: {error.Message}",
        ServerErrorKind.ConnectionLost => "the connection was cut",
        _ => $"the server says: {error.Message}",
    };

    /// <summary>What to do, whatever was tried.</summary>
    public static Remedy Fix(this ServerError error) => error.Kind switch
    {
        ServerErrorKind.Locked =>
            "Try again when the other session is done. Who blocks whom: SELECT pid, pg_blocking_pids(pid), query FROM pg_stat_activity"
            + " WHERE cardinality(pg_blocking_pids(pid)) > 0;",
        ServerErrorKind.TimedOut => "Look for locks and load on the server, or give more time with -TimeoutSeconds.",
        ServerErrorKind.ReadOnly => "Connect to the primary; where this is the primary, see whether its disk is full.",
        ServerErrorKind.DiskFull => "Give the server more storage; nothing that writes will work before.",
        ServerErrorKind.Conflict => "Try again.",
        ServerErrorKind.ConnectionLost => "Look into the server's log; a proxy or firewall in between may have cut it. Then try again.",
        ServerErrorKind.NameTaken => "Rename or drop what has the name already, and is not what LangSmith needs; it is left over from a dump, say.",
        _ => $"Look in the server's log for the statement that ended with {error.SqlState}.",
    };
}
