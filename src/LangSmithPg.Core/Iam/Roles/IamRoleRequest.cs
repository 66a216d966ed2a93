using LangSmithPg.Connections;

namespace LangSmithPg.Iam.Roles;

/// <summary>A role that a cloud's identity is to log in as.</summary>
/// <param name="Provider">Whose identity.</param>
/// <param name="RoleName">The role: on Azure the identity's name, on Cloud SQL its e-mail address without <c>.gserviceaccount.com</c>.</param>
sealed record IamRoleRequest(IamAuthProvider Provider, string RoleName)
{
    /// <summary>Object ID of the identity in Microsoft Entra, where its name does not tell it; or null.</summary>
    public Guid? ObjectId { get; init; }

    /// <summary>What the identity of Microsoft Entra is.</summary>
    public EntraPrincipalType PrincipalType { get; init; }
}
