using LangSmithPg.Common;

namespace LangSmithPg.EnvFiles;

/// <summary>A variable of a <c>.env</c> file, and where its value stands.</summary>
/// <param name="Name">Name of the variable.</param>
/// <param name="Line">Line on which it begins, from 1.</param>
/// <param name="Value">The value's text without its quotes; empty, at the end of the name, where the variable is only named.</param>
/// <param name="Quote">The quote around the value, or null.</param>
/// <param name="IsAssigned">Whether a value is given at all: a name alone takes it from the environment.</param>
sealed record EnvStatement(string Name, int Line, TextSpan Value, char? Quote, bool IsAssigned);
