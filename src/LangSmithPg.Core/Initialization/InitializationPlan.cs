using LangSmithPg.Common;
using LangSmithPg.Sql;

namespace LangSmithPg.Initialization;

/// <summary>What is missing of LangSmith's database, or what stands against it.</summary>
/// <param name="Target">The server and the database to be, without secrets.</param>
/// <param name="Request">What is asked for.</param>
/// <param name="CreateDatabase">The statement that creates the database, which no transaction can hold; or null when it exists.</param>
/// <param name="Steps">What is missing in it, to be done in one transaction.</param>
/// <param name="Problems">What stands against it; with any, nothing is done.</param>
sealed record InitializationPlan(
    string Target, InitializationRequest Request, InitializationStep? CreateDatabase, IReadOnlyList<InitializationStep> Steps,
    IReadOnlyList<InitializationProblem> Problems)
{
    /// <summary>All statements in their order.</summary>
    public IEnumerable<InitializationStep> All => CreateDatabase is null ? Steps : Steps.Prepend(CreateDatabase);

    /// <summary>Whether the role gets a password.</summary>
    public bool SetsPassword => Steps.Any(step => step.SetsPassword);

    /// <summary>Whether all is there.</summary>
    public bool IsEmpty => CreateDatabase is null && Steps.Count == 0;
}

/// <summary>A statement on the way to LangSmith's database.</summary>
/// <param name="Statement">The statement, without a semicolon and without a password.</param>
sealed record InitializationStep(string Statement)
{
    /// <summary>Whether the statement ends with the role's password.</summary>
    public bool SetsPassword { get; init; }

    /// <summary>Whether it takes whoever may administer the role.</summary>
    public bool ChangesRole { get; init; }

    /// <summary>The statement as the server takes it.</summary>
    /// <param name="verifier">What the server is to store of the password.</param>
    public string ToSql(string? verifier) => SetsPassword ? $"{Statement} PASSWORD {SqlLiteral.Quote(verifier!)}" : Statement;

    /// <inheritdoc/>
    public override string ToString() => VisibleText.Of(SetsPassword ? $"{Statement} PASSWORD '{Redactor.Mask}';" : $"{Statement};");
}
