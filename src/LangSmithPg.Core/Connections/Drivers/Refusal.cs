using LangSmithPg.Common;

namespace LangSmithPg.Connections.Drivers;

/// <summary>Why a driver reports an error.</summary>
/// <param name="Span">The place in the admin's text, or null when it is not one place.</param>
/// <param name="Reason">The end of a sentence that begins with "it rejects the text: ".</param>
/// <param name="Fix">One sentence that says what to do.</param>
sealed record Refusal(TextSpan? Span, string Reason, string Fix);
