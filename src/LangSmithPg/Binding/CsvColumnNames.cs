using System.Management.Automation;
using System.Reflection;
using LangSmithPg.Cmdlets.Connections;

namespace LangSmithPg.Binding;

/// <summary>What a row has of the columns that <see cref="NewLangSmithPgConnectionStringCommand"/> takes.</summary>
static class CsvColumnNames
{
    static readonly Lazy<HashSet<string>> Known = new(() => typeof(NewLangSmithPgConnectionStringCommand).GetProperties()
        .Where(property => property.Name == nameof(NewLangSmithPgConnectionStringCommand.UseSystemRootCertificate)
            || property.GetCustomAttributes<ParameterAttribute>().Any(one => one.ValueFromPipelineByPropertyName))
        .SelectMany(property => (property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Append(property.Name))
        .ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Their names. Others are not told: a table without its first line has values for names.</summary>
    public static IReadOnlyList<string> Of(PSObject row) => [.. row.Properties.Select(property => property.Name).Where(Known.Value.Contains)];
}
