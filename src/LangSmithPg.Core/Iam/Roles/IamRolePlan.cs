namespace LangSmithPg.Iam.Roles;

/// <summary>What is missing for a role, or what stands against it.</summary>
/// <param name="Target">The server and database, without secrets.</param>
/// <param name="Request">What is asked for.</param>
/// <param name="Steps">What is missing; none when all is there.</param>
/// <param name="Problems">What stands against it; with any, nothing is done.</param>
sealed record IamRolePlan(string Target, IamRoleRequest Request, IReadOnlyList<IamRoleStep> Steps, IReadOnlyList<IamRoleProblem> Problems);

/// <summary>A statement on the way to a role.</summary>
/// <param name="Database">The database in which it is to be run.</param>
/// <param name="Statement">The statement, without a semicolon.</param>
public sealed record IamRoleStep(string Database, string Statement)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Statement};";
}
