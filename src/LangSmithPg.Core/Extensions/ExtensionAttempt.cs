using LangSmithPg.Servers;

namespace LangSmithPg.Extensions;

/// <summary>An extension that was tried to install.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Error">Why the server refused, or null.</param>
sealed record ExtensionAttempt(string Name, ServerError? Error);
