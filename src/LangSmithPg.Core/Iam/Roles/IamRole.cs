using LangSmithPg.Connections;

namespace LangSmithPg.Iam.Roles;

/// <summary>A role that a cloud's identity logs in as, and what was done for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Provider">Whose identity logs in.</param>
/// <param name="Target">The server and database, without secrets.</param>
/// <param name="Done">The statements that were missing and took effect; none when all was there.</param>
public sealed record IamRole(string Name, IamAuthProvider Provider, string Target, IReadOnlyList<IamRoleStep> Done)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} at {Target}: {(Done.Count == 0 ? "all there" : $"{Done.Count} statements done")}";
}
