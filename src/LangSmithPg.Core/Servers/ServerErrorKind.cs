
namespace LangSmithPg.Servers;

/// <summary>Why a server refuses a statement. The name is the stable id of the error.</summary>
public enum ServerErrorKind
{
    /// <summary>The role lacks a privilege, or does not own what it is to change.</summary>
    PermissionDenied,

    /// <summary>The cloud's list of extensions that may be installed does not have this one.</summary>
    NotAllowListed,

    /// <summary>The server has no files for the extension.</summary>
    FilesMissing,

    /// <summary>There is no schema to create in.</summary>
    SchemaMissing,

    /// <summary>A type, function or operator class is not within reach of the search path.</summary>
    ObjectMissing,

    /// <summary>Another session holds a lock.</summary>
    Locked,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>The server takes no writes.</summary>
    ReadOnly,

    /// <summary>The server's disk is full.</summary>
    DiskFull,

    /// <summary>A type or function of that name is there, and belongs to something else.</summary>
    NameTaken,

    /// <summary>Another session did something at the same moment.</summary>
    Conflict,

    /// <summary>The connection was cut.</summary>
    ConnectionLost,

    /// <summary>Anything else: see the server's own message.</summary>
    Refused,
}
