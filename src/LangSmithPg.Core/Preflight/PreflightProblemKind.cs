namespace LangSmithPg.Preflight;

/// <summary>Why a log gives no result.</summary>
public enum PreflightProblemKind
{
    /// <summary>There is none in it.</summary>
    NoPreflightResult,

    /// <summary>A part of it is missing.</summary>
    PreflightIncomplete,

    /// <summary>It was changed on its way.</summary>
    PreflightUnreadable,

    /// <summary>A later version of this module wrote it.</summary>
    PreflightTooNew,
}
