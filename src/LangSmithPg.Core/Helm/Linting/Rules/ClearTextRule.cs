using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Passwords of databases in a file that is kept under version control.</summary>
sealed class ClearTextRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input) =>
        from file in input.Files
        where file.IsVersioned
        from value in file.Values
        where value.Path.Keys.Contains("external") && HoldsPassword(value)
        select LintInput.At("Values.ClearText", FindingStatus.Warning, file, value, $"{value.Path} contains a password, and the file is under version control.") with
        {
            Why = "The password stays in the version-control history permanently, where anyone who can read the history can read it.",
            Fix = "Keep the connection in a Secret (New-LangSmithPgSecret, existingSecretName), and change the password.",
        };

    static bool HoldsPassword(ValuesNode value) => value.Text.Length > 0 && !value.IsNull && !Placeholder.IsIn(value.Text) && value.Path.Keys[^1] switch
    {
        "password" => true,
        "connectionUrl" => PgConnectionString.Parse(value.Text).Connection?.HasPassword is not false,
        _ => false,
    };
}
