namespace LangSmithPg.Iam;

/// <summary>Why there is no token. The name is the stable id of the error.</summary>
public enum TokenProblemKind
{
    /// <summary>Nobody is logged in, and the machine has no identity.</summary>
    CredentialsNotFound,

    /// <summary>The cloud gives no token.</summary>
    TokenRefused,

    /// <summary>The cloud was not reached.</summary>
    TokenServiceUnreachable,

    /// <summary>Nothing says which region the server is in.</summary>
    RegionUnknown,

    /// <summary>The token that was given has ended.</summary>
    TokenExpired,
}
