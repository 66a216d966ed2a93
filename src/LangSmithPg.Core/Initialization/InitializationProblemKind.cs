namespace LangSmithPg.Initialization;

/// <summary>Why a database cannot be set up for LangSmith. The name is the stable id of the error.</summary>
enum InitializationProblemKind
{
    /// <summary>LangSmith does not support the server's version.</summary>
    VersionNotSupported,

    /// <summary>Whoever is logged in may not create roles or databases.</summary>
    NotAdministrator,

    /// <summary>The role belongs to the server or the cloud itself, or is an administrator.</summary>
    SystemRole,

    /// <summary>Whoever is logged in may not administer a role that exists already.</summary>
    RoleNotAdministered,

    /// <summary>The database belongs to the server or the cloud itself.</summary>
    SystemDatabase,

    /// <summary>The database exists already and belongs to another role, or has what another role owns.</summary>
    DatabaseTaken,

    /// <summary>The database exists already, in another encoding than UTF-8.</summary>
    EncodingNotUtf8,

    /// <summary>The cloud's list of extensions that may be installed lacks some.</summary>
    NotAllowListed,

    /// <summary>The server has no files for an extension.</summary>
    FilesMissing,

    /// <summary>An extension is installed already, but not so that LangSmith can use it.</summary>
    ExtensionNotUsable,
}
