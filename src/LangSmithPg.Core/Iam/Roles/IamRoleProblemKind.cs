namespace LangSmithPg.Iam.Roles;

/// <summary>Why an identity cannot get its role. The name is the stable id of the error.</summary>
enum IamRoleProblemKind
{
    /// <summary>The server has no IAM of that cloud, or it is switched off.</summary>
    IamNotEnabled,

    /// <summary>It would end the login of whoever asks for it.</summary>
    WouldLockOut,

    /// <summary>Cloud SQL makes the user itself, and has not.</summary>
    CloudUserMissing,

    /// <summary>There is a role of that name which is tied to no identity, or to another one.</summary>
    RoleTaken,

    /// <summary>The name is not one that the cloud gives its users.</summary>
    NameNotPossible,

    /// <summary>The server refused.</summary>
    Refused,
}
