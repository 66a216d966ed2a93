namespace LangSmithPg.Iam.Roles;

/// <summary>A statement on the way to a role.</summary>
/// <param name="Database">The database in which it is to be run.</param>
/// <param name="Statement">The statement, without a semicolon.</param>
public sealed record IamRoleStep(string Database, string Statement)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Statement};";
}
