using LangSmithPg.Common;

namespace LangSmithPg.Connections.Parsing;

/// <summary>Collects diagnostics while a connection is read.</summary>
sealed class DiagnosticBag
{
    readonly List<ConnectionDiagnostic> _diagnostics = [];

    public bool HasErrors => _diagnostics.Exists(one => one.Severity == DiagnosticSeverity.Error);

    public void Error(ConnectionProblem problem, TextSpan? span, string message, string fix) =>
        _diagnostics.Add(new(problem, DiagnosticSeverity.Error, span, message, fix));

    public void Warning(ConnectionProblem problem, TextSpan? span, string message, string fix) =>
        _diagnostics.Add(new(problem, DiagnosticSeverity.Warning, span, message, fix));

    /// <summary>Removes what was said of a part, where something else says it better.</summary>
    public void Remove(ConnectionProblem problem, TextSpan span) =>
        _diagnostics.RemoveAll(one => one.Problem == problem && one.Span is { } place && place.Start >= span.Start && place.End <= span.End);

    /// <summary>The diagnostics in the order of the text.</summary>
    public IReadOnlyList<ConnectionDiagnostic> ToList() => _diagnostics.OrderBy(one => one.Span?.Start ?? 0).ToArray();
}
