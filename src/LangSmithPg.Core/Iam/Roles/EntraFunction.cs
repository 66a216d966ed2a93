namespace LangSmithPg.Iam.Roles;

/// <summary>A function of Azure that makes roles.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">The types of its arguments, which have changed over the years.</param>
sealed record EntraFunction(string Name, IReadOnlyList<string> Types);
