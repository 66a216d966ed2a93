namespace LangSmithPg.Moves;

/// <summary>Why a database was not copied.</summary>
enum MoveProblemKind
{
    /// <summary>The check found something that stands in the way.</summary>
    MoveNotReady,

    /// <summary>pg_dump and pg_restore are not on this machine.</summary>
    ToolsNotFound,

    /// <summary>No pg_dump and pg_restore on this machine fit both servers.</summary>
    ToolsNotSuitable,

    /// <summary>Something of a connection cannot be passed to pg_dump or pg_restore.</summary>
    ConnectionNotPassed,

    /// <summary>The folder for the dump cannot be used.</summary>
    WorkFolderNotUsable,

    /// <summary>pg_dump failed.</summary>
    DumpFailed,

    /// <summary>An extension could not be created in the target.</summary>
    ExtensionNotCreated,

    /// <summary>pg_restore failed.</summary>
    RestoreFailed,

    /// <summary>The connection to the target does not lie in a Secret that exists before the upgrade.</summary>
    TargetSecretMissing,

    /// <summary>A cloud's identity logs in to the target, and the tools need a password.</summary>
    TargetUsesIdentity,

    /// <summary>One Secret was specified for several databases.</summary>
    SeveralTargets,

    /// <summary>The log has no result of a move.</summary>
    NoMoveResult,
}
