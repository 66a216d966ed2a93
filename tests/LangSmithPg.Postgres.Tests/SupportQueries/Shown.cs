using LangSmithPg.SupportQueries;

namespace LangSmithPg.Postgres.Tests.SupportQueries;

/// <summary>What a script sends and says, as <c>psql -e</c> shows it, and the rows that come.</summary>
static class Shown
{
    /// <summary>Runs it in psql.</summary>
    public static async Task<(string Shown, string Rows)> ByPsqlAsync(Psql psql, Tenant tenant, string script, IReadOnlyDictionary<string, string> variables)
    {
        var file = Path.GetTempFileName();
        try
        {
            var (exitCode, output) = await psql.RunAsync(
                Tenant.Password, script,
                [
                    "-q", "-e", "-A", "-t", "-F", "|", "-P", "null=⊘", "-o", file, "-h", tenant.Server.Host, "-p", $"{tenant.Server.Port}", "-U", tenant.Role,
                    .. variables.SelectMany(variable => (string[])["-v", $"{variable.Key}={variable.Value}"]), tenant.Database,
                ]);
            Assert.True(exitCode == 0, $"{script}\n===\n{output}");
            return (Normalize(output), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What this module does.</summary>
    public static string Of(IEnumerable<ScriptStep> steps) =>
        Normalize(string.Concat(steps.Select(step => step is ScriptStatement statement ? $"{statement.Text}\n" : $"{((ScriptMessage)step).Text}\n")));

    // psql sends the semicolon too, and has other line breaks around its commands. White space in texts shows in the rows.
    static string Normalize(string text) => string.Join(' ', text.Replace(";\n", "\n", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd(';');
}
