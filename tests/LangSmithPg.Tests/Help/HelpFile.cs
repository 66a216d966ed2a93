using System.Xml.Linq;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Help;

/// <summary>The file that Get-Help reads, in MAML.</summary>
static class HelpFile
{
    static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static string Path { get; } = System.IO.Path.Join(BuildPaths.Repository, "en-US", "LangSmithPg.dll-Help.xml");

    public static IReadOnlyList<HelpCommand> Commands { get; } = [.. XDocument.Load(Path).Root!.Elements(Command + "command").Select(Read)];

    static HelpCommand Read(XElement command) => new(
        command.Element(Command + "details")!.Element(Command + "name")!.Value,
        Paragraphs(command.Element(Command + "details")!.Element(Maml + "description")),
        Paragraphs(command.Element(Maml + "description")),
        [.. command.Element(Command + "parameters")!.Elements().Select(one => new HelpParameter(
            one.Element(Maml + "name")!.Value, Paragraphs(one.Element(Maml + "description")), one.Element(Dev + "defaultValue")?.Value ?? "",
            $"{one.Attribute("pipelineInput")!.Value}, {one.Attribute("aliases")!.Value}, {one.Element(Dev + "type")!.Element(Maml + "name")!.Value}"))],
        [.. command.Element(Command + "examples")!.Elements().Select(one => (
            one.Element(Maml + "title")!.Value.Trim('-', ' '), one.Element(Dev + "code")!.Value, Paragraphs(one.Element(Dev + "remarks"))))],
        Values(command.Element(Command + "inputTypes")),
        Values(command.Element(Command + "returnValues")),
        Paragraphs(command.Element(Maml + "alertSet")?.Element(Maml + "alert")),
        [.. command.Element(Command + "relatedLinks")!.Elements().Select(one => (one.Element(Maml + "linkText")!.Value, one.Element(Maml + "uri")!.Value))]);

    static IReadOnlyList<(string, string)> Values(XElement? values) =>
        [.. values!.Elements().Select(one => (one.Element(Dev + "type")!.Element(Maml + "name")!.Value, Paragraphs(one.Element(Maml + "description"))))];

    static string Paragraphs(XElement? element) =>
        string.Join("\n\n", element?.Elements(Maml + "para").Select(one => one.Value.ReplaceLineEndings("\n").Trim('\n')) ?? []).Trim();
}

/// <summary>What Get-Help will say of a cmdlet.</summary>
sealed record HelpCommand(
    string Name, string Synopsis, string Description, IReadOnlyList<HelpParameter> Parameters, IReadOnlyList<(string Title, string Code, string Remarks)> Examples,
    IReadOnlyList<(string Type, string Description)> Inputs, IReadOnlyList<(string Type, string Description)> Outputs, string Notes,
    IReadOnlyList<(string Text, string Address)> Links);
