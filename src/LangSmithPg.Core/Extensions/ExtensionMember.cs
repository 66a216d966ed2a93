
namespace LangSmithPg.Extensions;

/// <summary>A type, function, operator or operator class that the catalog says belongs to an extension.</summary>
/// <param name="Extension">The extension.</param>
/// <param name="Name">Its name.</param>
/// <param name="Schema">The schema that it is in.</param>
sealed record ExtensionMember(string Extension, string Name, string Schema);
