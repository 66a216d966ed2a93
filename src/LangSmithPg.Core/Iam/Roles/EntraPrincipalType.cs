namespace LangSmithPg.Iam.Roles;

/// <summary>What an identity of Microsoft Entra is, as <c>pgaadauth_create_principal_with_oid</c> names it.</summary>
public enum EntraPrincipalType
{
    /// <summary>A managed identity or an application.</summary>
    Service,

    /// <summary>A person.</summary>
    User,

    /// <summary>A group.</summary>
    Group,
}
