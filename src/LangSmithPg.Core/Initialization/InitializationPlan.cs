using LangSmithPg.Common;
using LangSmithPg.Iam.Roles;
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
    /// <summary>What comes first, in a transaction of another database: Azure has its functions in <c>postgres</c> alone.</summary>
    public IReadOnlyList<InitializationStep> Login { get; init; } = [];

    /// <summary>What stands against the login of the cloud's identity; with it, nothing is done.</summary>
    public IamRoleProblem? IdentityProblem { get; init; }

    /// <summary>Whether nothing stands against it.</summary>
    public bool IsPossible => Problems.Count == 0 && IdentityProblem is null;

    /// <summary>All statements in their order.</summary>
    public IEnumerable<InitializationStep> All => [.. Login, .. CreateDatabase is null ? Steps : Steps.Prepend(CreateDatabase)];

    /// <summary>Whether the role gets a password.</summary>
    public bool SetsPassword => Steps.Any(step => step.SetsPassword);

    /// <summary>Whether all is there.</summary>
    public bool IsEmpty => Login.Count == 0 && CreateDatabase is null && Steps.Count == 0;
}

/// <summary>A statement on the way to LangSmith's database.</summary>
/// <param name="Statement">The statement, without a semicolon and without a password.</param>
sealed record InitializationStep(string Statement)
{
    /// <summary>Whether the statement ends with the role's password.</summary>
    public bool SetsPassword { get; init; }

    /// <summary>The database in which it is to be run; null for the one that is set up.</summary>
    public string? Database { get; init; }

    /// <summary>Whether it takes whoever may administer the role.</summary>
    public bool ChangesRole { get; init; }

    /// <summary>The statement as the server takes it.</summary>
    /// <param name="verifier">What the server is to store of the password.</param>
    public string ToSql(string? verifier) => SetsPassword ? $"{Statement} PASSWORD {SqlLiteral.Quote(verifier!)}" : Statement;

    /// <inheritdoc/>
    public override string ToString() => VisibleText.Of($"{Statement}{(SetsPassword ? $" PASSWORD '{Redactor.Mask}'" : "")};{(Database is null ? "" : $" -- in database {Database}")}");
}
