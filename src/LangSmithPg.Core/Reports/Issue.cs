using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Reports;

/// <summary>What needs attention, of a database or of a values file, as the tools of a pipeline take it.</summary>
/// <param name="Id">Id of the finding.</param>
/// <param name="Status">How it came out: unknown, a warning or a failure.</param>
/// <param name="Subject">What it is about: a database, or a key of a values file.</param>
/// <param name="Message">The finding in one sentence.</param>
sealed record Issue(string Id, FindingStatus Status, string Subject, string Message)
{
    /// <summary>Why it matters.</summary>
    public string? Why { get; init; }

    /// <summary>What to do.</summary>
    public Remedy? Fix { get; init; }

    /// <summary>Id of the finding that causes it.</summary>
    public string? CausedBy { get; init; }

    /// <summary>Why it is accepted; null where it is not.</summary>
    public Acceptance? Accepted { get; init; }

    /// <summary>Where the requirement comes from.</summary>
    public Uri? Source { get; init; }

    /// <summary>Its place in a file; null for one of a database.</summary>
    public FilePlace? Place { get; init; }

    /// <summary>Everything that there is to say, in lines.</summary>
    public string Text => VisibleText.Of(string.Join('\n', new[]
    {
        Message,
        CausedBy is { } cause ? $"Caused by {cause}: once that is fixed, so is this." : null,
        CausedBy is null && Fix is { } fix ? $"Fix: {fix}" : null,
    }.OfType<string>()));

    public static Issue Of(string target, Finding finding) => new(finding.Id, finding.Status, target, finding.Message)
    {
        Why = finding.Why,
        Fix = finding.Fix,
        CausedBy = finding.CausedBy,
        Accepted = finding.Accepted,
        Source = finding.Source,
    };

    public static Issue Of(string path, ValuesFinding finding) => new(finding.Id, finding.Status, finding.Key, finding.Message)
    {
        Why = finding.Why,
        Fix = finding.Fix,
        Place = new(path, finding.Line, finding.Column),
    };
}

/// <summary>A place in a file.</summary>
/// <param name="Path">Path of the file, with slashes; relative where it is below the current location.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
sealed record FilePlace(string Path, int Line, int Column);
