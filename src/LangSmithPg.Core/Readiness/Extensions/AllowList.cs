using LangSmithPg.Servers;

namespace LangSmithPg.Readiness.Extensions;

/// <summary>A cloud's list of the extensions that its users may install.</summary>
/// <param name="Setting">The setting that holds the list.</param>
/// <param name="Value">Its value as the server writes it.</param>
sealed record AllowList(string Setting, string Value)
{
    const string Azure = "azure.extensions";
    const string Rds = "rds.allowed_extensions";

    // RDS writes an asterisk for "all".
    const string Everything = "*";

    public static AllowList? Of(ServerFacts facts) =>
        facts.Setting(Azure) is { } azure ? new(Azure, azure)
        : facts.Setting(Rds) is { } rds ? new(Rds, rds)
        : null;

    public static AllowList ForAzure(string value) => new(Azure, value);

    IReadOnlyList<string> Names => Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public bool Has(string extension) =>
        Names.Any(name => name == Everything || string.Equals(name, extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The command that adds what LangSmith needs. It sets the whole list, so what is in it already is repeated.</summary>
    public string Fix()
    {
        var missing = Requirements.Extensions.Where(extension => !Has(extension));
        if (Setting == Azure)
        {
            var merged = string.Join(',', Names.Concat(missing).Select(name => name.ToUpperInvariant()));
            return $"az postgres flexible-server parameter set --resource-group <group> --server-name <server> --name {Azure} --value {merged}";
        }

        return "aws rds modify-db-parameter-group --db-parameter-group-name <group> --parameters "
            + $"\"ParameterName={Rds},ParameterValue='{string.Join(',', Names.Concat(missing))}',ApplyMethod=immediate\"";
    }
}
