using LangSmithPg.Common;

namespace LangSmithPg.Connections.Parsing;

/// <summary>A decoded piece of a connection and where it stood, if it came from a text.</summary>
readonly record struct Part(string Text, TextSpan? Span);
