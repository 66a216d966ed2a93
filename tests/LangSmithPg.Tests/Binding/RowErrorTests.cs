using System.Collections;
using System.Management.Automation;
using LangSmithPg.Tests.Help;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>
/// Pipes rows that hold a password into every parameter that takes the pipeline, by value and by property name, with whatever it cannot be:
/// where PowerShell itself reports an error, the whole row is its target.
/// </summary>
public sealed class RowErrorTests : IDisposable
{
    const string Needle = "Zq7xNeedle";

    // Nothing listens on the port, and no file is there.
    static readonly (string Name, object Value)[] s_columns =
        [("host", "127.0.0.1"), ("port", 1), ("database", "d"), ("username", "u"), ("password", Needle), ("note", Needle)];

    static readonly object?[] s_junk = [null, "", "::", 7, new[] { 1, 2 }, new Hashtable { ["a"] = 1 }, new PSObject(), Guid.Empty];

    readonly ModuleSession _session = new();

    public static TheoryData<string> Names => [.. Cmdlets.All.Values.Where(cmdlet => Piped(cmdlet).Any()).Select(cmdlet => cmdlet.Name)];

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void No_error_about_a_row_shows_what_else_is_in_it(string name)
    {
        var cmdlet = Cmdlets.All[name];
        foreach (var set in Piped(cmdlet).GroupBy(one => one.Set, one => one.Parameter))
        {
            foreach (var (parameter, junk) in set.SelectMany(parameter => s_junk.Select(junk => (parameter, junk))))
            {
                // Alone, and among columns that can be read.
                Search(cmdlet, set.Key, [(parameter.Name, junk), ("password", Needle)]);
                Search(cmdlet, set.Key, [.. s_columns.Where(column => !IsNamed(parameter, column.Name)), (parameter.Name, junk)]);
            }

            foreach (var column in s_columns)
            {
                Search(cmdlet, set.Key, [.. s_columns.Where(one => one != column)]);
                Search(cmdlet, set.Key, [column, ("other", Needle)]);
            }
        }
    }

    [Fact]
    public void The_search_finds_a_row_in_an_error_of_PowerShell()
    {
        var result = _session.Run($"[pscustomobject]@{{ password = '{Needle}' }} | Get-Item");

        Assert.Contains(Needle, Rendered(Assert.Single(result.Errors)), StringComparison.Ordinal);
    }

    static IEnumerable<(CommandParameterSetInfo Set, CommandParameterInfo Parameter)> Piped(CmdletInfo cmdlet) =>
        from set in cmdlet.ParameterSets
        from parameter in set.Parameters
        where parameter.ValueFromPipeline || parameter.ValueFromPipelineByPropertyName
        select (set, parameter);

    static bool IsNamed(CommandParameterInfo parameter, string name) =>
        parameter.Aliases.Append(parameter.Name).Contains(name, StringComparer.OrdinalIgnoreCase);

    void Search(CmdletInfo cmdlet, CommandParameterSetInfo set, (string Name, object? Value)[] columns)
    {
        var row = new PSObject();
        foreach (var (name, value) in columns.DistinctBy(column => column.Name.ToUpperInvariant()))
        {
            row.Properties.Add(new PSNoteProperty(name, value));
        }

        _session.Set("row", row);
        var result = _session.Run($"$Error.Clear(); , $row | {cmdlet.Name}{Arguments(cmdlet, set)}; $Error | ForEach-Object {{ $_ }}");

        foreach (var error in result.Errors.Concat(result.Output.Select(one => one.BaseObject).OfType<ErrorRecord>()).Distinct())
        {
            Assert.False(Rendered(error).Contains(Needle, StringComparison.Ordinal), $"{cmdlet.Name}, {string.Join(", ", columns.Select(column => $"{column.Name}={column.Value}"))}: {error.FullyQualifiedErrorId}");
        }

        Assert.All(result.Warnings.Concat(result.Verbose), text => Assert.DoesNotContain(Needle, text, StringComparison.Ordinal));
    }

    // What the pipeline does not give, and no server or question.
    static string Arguments(CmdletInfo cmdlet, CommandParameterSetInfo set) => string.Concat(
        set.Parameters
            .Where(one => one.IsMandatory && !one.ValueFromPipeline && !one.ValueFromPipelineByPropertyName)
            .Select(one => $" -{one.Name}{(one.ParameterType == typeof(SwitchParameter) ? "" : one.ParameterType.IsEnum ? $" {Enum.GetNames(one.ParameterType)[0]}" : " no-such-thing")}"))
        + (cmdlet.Parameters.ContainsKey("WhatIf") ? " -WhatIf" : "") + (cmdlet.Parameters.ContainsKey("TimeoutSeconds") ? " -TimeoutSeconds 1" : "");

    static string Rendered(ErrorRecord error) => string.Join(
        '\n', error, error.Exception, error.TargetObject, error.CategoryInfo, error.CategoryInfo.TargetName, error.ErrorDetails?.Message, error.ErrorDetails?.RecommendedAction,
        error.InvocationInfo?.Line, error.TargetObject is null ? "" : string.Join(' ', PSObject.AsPSObject(error.TargetObject).Properties.Select(one => one.Name + "=" + one.Value)),
        PSSerializer.Serialize(error, 2));
}
