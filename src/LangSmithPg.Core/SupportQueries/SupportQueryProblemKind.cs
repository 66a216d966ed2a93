namespace LangSmithPg.SupportQueries;

/// <summary>Why a support query is not run. The name is the stable id of the error.</summary>
enum SupportQueryProblemKind
{
    /// <summary>The file cannot be read as a script of psql.</summary>
    ScriptInvalid,

    /// <summary>The script uses a command of psql that this module does not have.</summary>
    ScriptCommandNotSupported,

    /// <summary>A variable has no value.</summary>
    ScriptVariableMissing,

    /// <summary>A variable has a name or a value that cannot be used.</summary>
    ScriptVariableNotUsable,

    /// <summary>A statement would leave the transaction, or reach files of the server.</summary>
    StatementNotAllowed,

    /// <summary>A statement writes, which was not allowed.</summary>
    WriteNotAllowed,
}
