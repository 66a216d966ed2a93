namespace LangSmithPg.Sql;

/// <summary>How a script changes to another database in psql.</summary>
static class PsqlConnect
{
    /// <summary>The commands.</summary>
    /// <param name="database">The database.</param>
    // To psql, a line break ends its command, and a name with an equals sign or a scheme is a whole connection string: such a name goes by a variable.
    public static string To(string database) => !database.Any(char.IsControl) && !database.Contains('=', StringComparison.Ordinal) && !database.Contains("://", StringComparison.Ordinal)
        ? $@"\connect {SqlIdentifier.Quote(database)}"
        : $"""
            SELECT {SqlLiteral.Quote($"dbname='{database.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'")} AS langsmith_database \gset
            \connect -reuse-previous=on :"langsmith_database"
            """;
}
