using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;

namespace LangSmithPg.Extensions;

/// <summary>A cloud's list of the extensions that its users may install.</summary>
/// <param name="Setting">The setting that holds the list.</param>
/// <param name="Value">Its value as the server writes it.</param>
/// <param name="Needed">The extensions that must be on it.</param>
sealed record AllowList(string Setting, string Value, IReadOnlyList<string> Needed)
{
    const string Azure = "azure.extensions";
    const string Rds = "rds.allowed_extensions";

    // RDS writes an asterisk for "all".
    const string Everything = "*";

    public static AllowList? Of(ServerFacts facts) =>
        facts.Setting(Azure) is { } azure ? new(Azure, azure, [.. facts.Extensions.Select(extension => extension.Name)])
        : facts.Setting(Rds) is { } rds ? new(Rds, rds, [.. facts.Extensions.Select(extension => extension.Name)])
        : null;

    public static AllowList ForAzure(string value) => new(Azure, value, Requirements.Extensions);

    IReadOnlyList<string> Names => Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // The server says what the list is, and what it says goes into a command: no shell must find more in it than names.
    IEnumerable<string> Merged() => Names.Where(name => name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
        .Concat(Needed.Where(extension => !Has(extension)));

    public bool Has(string extension) =>
        Names.Any(name => name == Everything || string.Equals(name, extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The command that adds what LangSmith needs. It sets the whole list, so what is in it already is repeated. What it refuses to do
    /// without comes last: a command that is cut off must do nothing, and without a value Azure's would reset the list.
    /// </summary>
    public Remedy Fix()
    {
        if (Setting == Azure)
        {
            var merged = string.Join(',', Merged().Select(name => name.ToUpperInvariant()));
            return Remedy.Shell($"az postgres flexible-server parameter set --name {Azure} --value {merged} --resource-group <group> --server-name <server>");
        }

        return Remedy.Shell("aws rds modify-db-parameter-group --db-parameter-group-name <group> --parameters "
            + $"\"ParameterName={Rds},ParameterValue='{string.Join(',', Merged())}',ApplyMethod=immediate\"");
    }
}
