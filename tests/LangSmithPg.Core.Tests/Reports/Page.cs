using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LangSmithPg.Core.Tests.Reports;

/// <summary>A report's page as a tree. It is read as XML, which forgives nothing: what is not closed or not escaped is found.</summary>
static partial class Page
{
    public static XElement Parse(string html) => XElement.Parse(
        VoidElement().Replace(Opaque().Replace(html["<!doctype html>".Length..], "<$1></$1>"), "<$1$2/>"), LoadOptions.PreserveWhitespace);

    public static IEnumerable<string> Values(this XElement page, string attribute) =>
        page.DescendantsAndSelf().Attributes(attribute).Select(one => one.Value);

    public static IEnumerable<XElement> WithClass(this XElement page, string name) =>
        page.Descendants().Where(element => ((string?)element.Attribute("class") ?? "").Split(' ').Contains(name));

    [GeneratedRegex("<(style|script)>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Opaque();

    [GeneratedRegex("<(meta|input|wbr)([^>]*)>")]
    private static partial Regex VoidElement();
}
