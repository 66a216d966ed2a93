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
}
