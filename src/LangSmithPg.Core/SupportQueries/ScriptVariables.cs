using LangSmithPg.Sql;

namespace LangSmithPg.SupportQueries;

/// <summary>The variables of psql. Their names are case-sensitive.</summary>
sealed class ScriptVariables
{
    // Set by psql itself, with what nobody knows here or what has no meaning here.
    static readonly HashSet<string> OfPsql = new(
        [
            "DBNAME", "ENCODING", "ERROR", "HOST", "LAST_ERROR_MESSAGE", "LAST_ERROR_SQLSTATE", "PIPELINE_COMMAND_COUNT", "PIPELINE_RESULT_COUNT", "PIPELINE_SYNC_COUNT",
            "PORT", "ROW_COUNT", "SERVER_VERSION_NAME", "SERVER_VERSION_NUM", "SERVICE", "SERVICEFILE", "SHELL_ERROR", "SHELL_EXIT_CODE", "SQLSTATE", "USER", "VERSION",
            "VERSION_NAME", "VERSION_NUM",
        ], StringComparer.Ordinal);

    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Creates the variables of a run.</summary>
    /// <param name="given">What the caller gives.</param>
    /// <exception cref="SupportQueryException">A name or a value cannot be used.</exception>
    public ScriptVariables(IReadOnlyDictionary<string, string> given)
    {
        foreach (var (name, value) in given)
        {
            Set(name, value, line: 0);
        }
    }

    /// <summary>The value, or null.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Whether psql has the variable by itself.</summary>
    public static bool IsOfPsql(string name) => OfPsql.Contains(name);

    /// <summary>Gives a variable a value.</summary>
    /// <exception cref="SupportQueryException">The name or the value cannot be used.</exception>
    public void Set(string name, string value, int line)
    {
        if (name.Length == 0 || !name.All(SqlLexer.IsVariableCharacter))
        {
            throw new SupportQueryException(
                SupportQueryProblemKind.ScriptVariableNotUsable, line, $"'{name}' is not the name of a variable.", "Use letters, digits and underscores.");
        }

        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new SupportQueryException(
                SupportQueryProblemKind.ScriptVariableNotUsable, line, $"The value of {name} contains the character 0, which PostgreSQL does not allow.", "Specify a value without it.");
        }

        if (name is "SINGLELINE" && !value.Equals("off", StringComparison.OrdinalIgnoreCase))
        {
            throw new SupportQueryException(
                SupportQueryProblemKind.ScriptCommandNotSupported, line, "The single-line mode of psql (SINGLELINE) is not supported.", "End every statement with a semicolon instead.");
        }

        _values[name] = value;
    }

    /// <summary>Takes a variable away.</summary>
    public void Unset(string name) => _values.Remove(name);

    /// <summary>The value as psql puts it in place of a reference, or null where it leaves the reference as it is.</summary>
    public string? Replace(string name, VariableForm form) => (form, this[name]) switch
    {
        (VariableForm.Test, var value) => value is null ? "FALSE" : "TRUE",
        (VariableForm.Literal, { } value) => Quote(value),
        (VariableForm.Identifier, { } value) => SqlIdentifier.Quote(value),
        (_, var value) => value,
    };

    // As libpq: a space before the E keeps it apart from what is before.
    static string Quote(string value)
    {
        var quoted = SqlLiteral.Quote(value);
        return quoted[0] == 'E' ? $" {quoted}" : quoted;
    }
}
