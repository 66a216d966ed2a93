using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LangSmithPg.SupportQueries;

namespace LangSmithPg.Cmdlets.SupportQueries;

/// <summary>Variables of psql as PowerShell has them.</summary>
static class VariableTable
{
    /// <summary>Reads them.</summary>
    /// <param name="table">The table, or null.</param>
    /// <exception cref="SupportQueryException">A name or a value cannot be used.</exception>
    public static IReadOnlyDictionary<string, string> Read(IDictionary? table)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            var name = System.Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            variables[name] = Convert(name, entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value);
        }

        // Said before anything is read or sent.
        _ = new ScriptVariables(variables);
        return variables;
    }

    // As PostgreSQL reads them, whatever the culture.
    static string Convert(string name, object? value) => value switch
    {
        string or char or Guid => $"{value}",
        bool isTrue => isTrue ? "true" : "false",
        SwitchParameter isTrue => isTrue ? "true" : "false",
        DateTime { Kind: DateTimeKind.Unspecified } time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateTime time => Convert(name, new DateTimeOffset(time)),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double or float => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal or System.Numerics.BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => throw new SupportQueryException(
            SupportQueryProblemKind.ScriptVariableNotUsable, line: 0,
            $"The value of the variable {name} is {(value is null ? "null" : $"of type {value.GetType().FullName}")}.", "Specify a text, a number, a date or true or false, or omit the variable."),
    };
}
