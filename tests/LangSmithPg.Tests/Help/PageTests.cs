using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Help;

/// <summary>The pages in docs/en-US say of every cmdlet what it is, and what PowerShell knows of it.</summary>
public sealed partial class PageTests
{
    static readonly string[] Needed = ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet()
    {
        Assert.Equal(Cmdlets.All.Keys.Order(StringComparer.Ordinal), HelpPage.All.Select(page => page.Name).Order(StringComparer.Ordinal));
        var listed = Headings().Matches(File.ReadAllText(Path.Join(HelpPage.Folder, "LangSmithPg.md"))).Select(one => (one.Groups[1].Value, one.Groups[2].Value));
        Assert.Equal(HelpPage.All.Select(page => (page.Name, page["SYNOPSIS"])), listed);
    }

    [Theory]
    [MemberData(nameof(HelpPage.Names), MemberType = typeof(HelpPage))]
    public void A_page_has_all_its_parts(string name)
    {
        var page = HelpPage.Of(name);

        Assert.All(Needed, section => Assert.True(page[section].Length > 0, section));
        Assert.DoesNotContain("{{", page.Text, StringComparison.Ordinal);
        Assert.Contains("external help file: LangSmithPg.dll-Help.xml\nHelpUri: ''\nLocale: en-US\nModule Name: LangSmithPg\n", page.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("ms.date", page.Head, StringComparison.Ordinal);
        Assert.True(page["DESCRIPTION"].Length > 200, "The description is short.");
        Assert.True(page.Examples.Count >= 2, "There are fewer than two examples.");
        Assert.All(page.Examples, example =>
        {
            Assert.StartsWith($"Example {example.Number}: ", example.Title, StringComparison.Ordinal);
            Assert.True(example.Code.Length > 0, $"{example.Title} has no code.");
            Assert.True(example.Remarks.Replace(example.Output ?? "\n", "", StringComparison.Ordinal).Trim().Length > 20, $"{example.Title} lacks its sentence.");
        });
        Assert.All(page.Inputs.Concat(page.Outputs), one => Assert.True(one.Body.Length > 0, one.Title));
    }

    [Theory]
    [MemberData(nameof(HelpPage.Names), MemberType = typeof(HelpPage))]
    public void Parameters_are_described_as_they_are(string name)
    {
        var (page, cmdlet) = (HelpPage.Of(name), Cmdlets.All[name]);

        Assert.Equal(cmdlet.OwnParameters().Select(one => one.Name), page.Parameters.Select(one => one.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var (described, actual) in page.Parameters.Zip(cmdlet.OwnParameters()))
        {
            Assert.Equal($"{actual.Name}\n{Metadata(actual)}", $"{described.Name}\n{described.Metadata}");
            Assert.True(described.Description.Length > 10, $"-{described.Name} is not described.");
            var isMandatory = actual.ParameterSets.Values.All(set => set.IsMandatory);
            Assert.True(isMandatory || described.Default is not ("" or "''") || IsWholeSet(cmdlet, actual), $"Nothing says what holds without -{described.Name}.");
            Assert.True(!isMandatory || actual.SwitchParameter || described.Default.Length == 0, $"-{described.Name} has to be given, and has a default.");
            Assert.True(!actual.SwitchParameter || described.Default is "False" or "True", $"-{described.Name}: {described.Default}");
        }
    }

    [Theory]
    [MemberData(nameof(HelpPage.Names), MemberType = typeof(HelpPage))]
    public void Syntax_inputs_and_outputs_are_those_of_the_cmdlet(string name)
    {
        var (page, cmdlet) = (HelpPage.Of(name), Cmdlets.All[name]);

        Assert.Equal(
            cmdlet.ParameterSets.ToDictionary(set => set.Name, set => Words($"{name} {set}")),
            page.Syntax.ToDictionary(one => one.Key.Replace("__AllParameterSets", ParameterAttribute.AllParameterSets, StringComparison.Ordinal), one => Words(one.Value)));
        Assert.Equal(
            Pipeline(cmdlet).Distinct().Order(StringComparer.Ordinal), page.Inputs.Select(one => one.Title).Order(StringComparer.Ordinal));
        Assert.Equal(cmdlet.OutputType.Select(one => one.Name), page.Outputs.Select(one => one.Title));
    }

    [Theory]
    [MemberData(nameof(HelpPage.Names), MemberType = typeof(HelpPage))]
    public void Outputs_tell_every_property(string name)
    {
        var page = HelpPage.Of(name);
        foreach (var output in Cmdlets.All[name].OutputType.Where(one => one.Type?.Namespace?.StartsWith("LangSmithPg", StringComparison.Ordinal) == true))
        {
            // What holds a secret says so in words.
            var properties = output.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.GetIndexParameters().Length == 0 && one.Name != "HoldsSecrets");
            var body = page.Outputs.Single(one => one.Title == output.Name).Body;
            Assert.All(properties, one => Assert.Matches($@"\b{one.Name}\b", body));
        }
    }

    [Theory]
    [MemberData(nameof(HelpPage.Names), MemberType = typeof(HelpPage))]
    public void Links_lead_somewhere(string name)
    {
        var links = HelpPage.Of(name).Links.ToList();

        Assert.Contains(links, link => link.Address == "https://docs.langchain.com/langsmith/self-host-external-postgres");
        Assert.All(links, link => Assert.True(
            link.Address.StartsWith("https://", StringComparison.Ordinal) || File.Exists(Path.Join(HelpPage.Folder, link.Address)), link.Address));
        Assert.Equal(links.Count, links.Distinct().Count());
        Assert.All(links.Where(link => !link.Address.Contains('/', StringComparison.Ordinal)), link => Assert.Equal($"{link.Title}.md", link.Address));
        // What a page names in its text exists, too.
        Assert.All(CmdletNames().Matches(HelpPage.Of(name).Text).Select(one => one.Value), one => Assert.Contains(one, Cmdlets.All.Keys));
        Assert.All(Topics().Matches(HelpPage.Of(name).Text).Select(one => one.Value), one => Assert.True(File.Exists(Path.Join(BuildPaths.Repository, "en-US", $"{one}.help.txt")), one));
    }

    [Theory]
    [MemberData(nameof(HelpPage.Names), MemberType = typeof(HelpPage))]
    public void Defaults_are_those_of_the_code(string name)
    {
        var cmdlet = Activator.CreateInstance(Cmdlets.All[name].ImplementingType)!;

        foreach (var parameter in HelpPage.Of(name).Parameters)
        {
            var value = cmdlet.GetType().GetProperty(parameter.Name)?.GetValue(cmdlet);
            if (value is int or double or string { Length: > 0 } or Enum && Convert.ToString(value, CultureInfo.InvariantCulture) is var text && parameter.Default.Length > 0)
            {
                Assert.True(parameter.Default == text || Regex.IsMatch(parameter.Default, $"^{Regex.Escape(text!)}[,;]") || parameter.Default.StartsWith("that of", StringComparison.Ordinal), $"-{parameter.Name}: {text}, not {parameter.Default}");
            }
        }
    }

    [Fact]
    public void Ids_of_errors_that_pages_name_exist()
    {
        string[] ids = [.. CompiledTexts.Of("LangSmithPg"), .. CompiledTexts.FieldsOf("LangSmithPg.Core")];
        var named = HelpPage.All.SelectMany(page => ErrorIds().Matches(page["DESCRIPTION"] + page["NOTES"] + page["PARAMETERS"]).SelectMany(one => one.Groups[1].Captures)).Select(one => one.Value).Distinct().ToList();

        Assert.True(named.Count > 20, $"Only {named.Count} ids were found.");
        Assert.All(named, id => Assert.Contains(id, ids));
    }

    // A parameter that a set cannot do without needs no default.
    static bool IsWholeSet(CmdletInfo cmdlet, ParameterMetadata parameter) =>
        cmdlet.ParameterSets.Where(set => set.Parameters.Any(one => one.Name == parameter.Name)).All(set => set.Parameters.Single(one => one.Name == parameter.Name).IsMandatory);

    static IEnumerable<string> Pipeline(CmdletInfo cmdlet) =>
        from parameter in cmdlet.OwnParameters()
        where parameter.ParameterSets.Values.Any(set => set.ValueFromPipeline || set.ValueFromPipelineByPropertyName)
        select TypeName(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);

    // As PlatyPS 1.0 writes it (schema 2024-05-01).
    static string Metadata(ParameterMetadata parameter)
    {
        string[] aliases = parameter.Aliases.Count == 0 ? ["Aliases: []"] : ["Aliases:", .. parameter.Aliases.Select(alias => $"- {alias}")];
        return string.Concat(((string[])
        [
            $"Type: {TypeName(parameter.ParameterType)}",
            $"SupportsWildcards: {Flag(parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any())}",
            .. aliases,
            "ParameterSets:",
            .. parameter.ParameterSets.SelectMany(one => (string[])
            [
                $"- Name: {(one.Key == ParameterAttribute.AllParameterSets ? "(All)" : one.Key)}",
                $"  Position: {(one.Value.Position == int.MinValue ? "Named" : one.Value.Position)}",
                $"  IsRequired: {Flag(one.Value.IsMandatory)}",
                $"  ValueFromPipeline: {Flag(one.Value.ValueFromPipeline)}",
                $"  ValueFromPipelineByPropertyName: {Flag(one.Value.ValueFromPipelineByPropertyName)}",
                $"  ValueFromRemainingArguments: {Flag(one.Value.ValueFromRemainingArguments)}",
            ]),
            "DontShow: false",
            "AcceptedValues: []",
            "HelpMessage: ''",
        ]).Select(line => $"{line}\n"));
    }

    static string Flag(bool value) => value ? "true" : "false";

    static string TypeName(Type type) => type.IsGenericType
        ? $"{type.GetGenericTypeDefinition().FullName}[{string.Join(',', type.GetGenericArguments().Select(TypeName))}]"
        : type.FullName!;

    // Parameters in any order: PlatyPS puts those that have to be given first.
    static string Words(string syntax) => string.Join('\n', Parts().Matches(syntax).Select(one => one.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^### \[(.+?)\]\(.+?\)\n\n(.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"\[\[[^ ]+\] <[^ ]+>\]|\[-?[^\[ ]+\] <[^ ]+>|\[[^\]]+(\[\]>)?\]|-[A-Za-z]+ <[^ ]+>|[^ ]+")]
    private static partial Regex Parts();

    // As in "(ValuesConflict)", "such as Expired, IsRequest or ...".
    [GeneratedRegex(@"(?:\(|such as |Errors end the cmdlet: )(?:([A-Z][a-z]+(?:[A-Z][a-z0-9]+)+)(?:, | or )?)+[).]")]
    private static partial Regex ErrorIds();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+-LangSmith\w+")]
    private static partial Regex CmdletNames();

    [GeneratedRegex(@"\babout_LangSmith\w+")]
    private static partial Regex Topics();
}
