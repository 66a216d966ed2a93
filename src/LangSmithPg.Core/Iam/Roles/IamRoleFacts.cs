namespace LangSmithPg.Iam.Roles;

/// <summary>What a server says of a role that an identity is to log in as.</summary>
/// <param name="Exists">Whether there is one of that name.</param>
/// <param name="CanLogIn">Whether it may log in.</param>
/// <param name="IsMarked">Whether it is in one of the cloud's groups for IAM.</param>
/// <param name="EntraLabel">What ties it to an identity of Microsoft Entra; or null.</param>
/// <param name="HasCaller">Whether the caller has it, or may act as it.</param>
/// <param name="IsCaller">Whether it is the caller.</param>
/// <param name="CanConnect">Whether it may connect to the database.</param>
/// <param name="CanCreate">Whether it may create schemas and extensions in the database.</param>
/// <param name="CanCreateTemporary">Whether it may create temporary tables.</param>
/// <param name="SchemaExists">Whether LangSmith's schema is there.</param>
/// <param name="CanUseSchema">Whether it may use and create in LangSmith's schema.</param>
/// <param name="Groups">Which of the clouds' groups for IAM there are.</param>
/// <param name="Functions">The functions that make roles of Microsoft Entra, with the types of their arguments.</param>
sealed record IamRoleFacts(
    bool Exists,
    bool CanLogIn,
    bool IsMarked,
    string? EntraLabel,
    bool HasCaller,
    bool IsCaller,
    bool CanConnect,
    bool CanCreate,
    bool CanCreateTemporary,
    bool SchemaExists,
    bool CanUseSchema,
    IReadOnlyList<string> Groups,
    IReadOnlyList<EntraFunction> Functions);

/// <summary>A function of Azure that makes roles.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">The types of its arguments, which have changed over the years.</param>
sealed record EntraFunction(string Name, IReadOnlyList<string> Types);
