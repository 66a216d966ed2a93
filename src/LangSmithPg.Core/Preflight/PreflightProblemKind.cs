namespace LangSmithPg.Preflight;

/// <summary>Why a preflight job cannot be created, or its log has no result.</summary>
public enum PreflightProblemKind
{
    /// <summary>The values do not configure an external PostgreSQL.</summary>
    NoExternalPostgres,

    /// <summary>The chart does not install the PostgreSQL in the cluster.</summary>
    NoPostgresInCluster,

    /// <summary>The name of the schema has a variable of Kubernetes in it.</summary>
    SchemaWithVariable,

    /// <summary>The log has no result.</summary>
    NoPreflightResult,

    /// <summary>A part of the result is missing.</summary>
    PreflightIncomplete,

    /// <summary>The result was changed on its way.</summary>
    PreflightUnreadable,

    /// <summary>A later version of this module wrote the result.</summary>
    PreflightTooNew,
}
