using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LangSmithPg.Documents;

namespace LangSmithPg.Binding;

/// <summary>Makes a document again of what ConvertFrom-Json or ConvertFrom-Yaml made of one.</summary>
static class DocumentObject
{
    const int MaximumDepth = 100;

    /// <summary>The document; null for an object of another kind.</summary>
    /// <param name="value">The object.</param>
    public static DocumentNode? Of(object? value) => Of(value, depth: 0);

    static DocumentNode? Of(object? value, int depth) => (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
    {
        _ when depth > MaximumDepth => null,
        string text => new DocumentText(text),
        bool flag => new DocumentText(flag ? "true" : "false"),
        IDictionary table => DocumentMap.Of(table.Keys.Cast<object>().Select(key => (key.ToString() ?? "", Of(table[key], depth + 1)))),
        IEnumerable list => new DocumentList([.. list.Cast<object?>().Select(item => Of(item, depth + 1)).OfType<DocumentNode>()]),
        PSObject bag => DocumentMap.Of(bag.Properties.Where(property => property is PSNoteProperty).Select(property => (property.Name, Of(property.Value, depth + 1)))),
        IFormattable number => new DocumentText(number.ToString(format: null, CultureInfo.InvariantCulture)),
        _ => null,
    };
}
