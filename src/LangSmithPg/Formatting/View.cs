using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Host;
using LangSmithPg.Binding;
using LangSmithPg.Budgets;
using LangSmithPg.Common;
using LangSmithPg.Comparisons;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Moves;
using LangSmithPg.Moves.Job;
using LangSmithPg.Ownership;
using LangSmithPg.Readiness;
using LangSmithPg.Releases;
using LangSmithPg.Reports.Comparison;
using LangSmithPg.Setup;
using LangSmithPg.Tls;

namespace LangSmithPg.Formatting;

/// <summary>What the views of this module show, of live objects and of those that came back from a job, another machine or a file.</summary>
public static class View
{
    // A job, a runbook or a program that hosts PowerShell has no terminal, or one of no width.
    const int WidthUnknown = 100;
    const int LeastWidth = 40;

    /// <summary>An object, line by line.</summary>
    /// <param name="value">The object.</param>
    /// <param name="host">Where it is shown.</param>
    public static IEnumerable<string> Lines(PSObject value, PSHost host)
    {
        var width = WidthOf(host);
        return ObjectOf(value) switch
        {
            ReadinessReport report => ReportView.Lines(report, width),
            ReportComparison comparison => ComparisonView.Lines(comparison, width),
            DatabaseComparison comparison => DatabaseComparisonView.Lines(comparison, width),
            ReleaseReport release => ReleaseView.Lines(release, width),
            SetupResult result => SetupView.Lines(result, width),
            ValuesReport report => ValuesView.Lines(report, width),
            ConnectionBudget budget => BudgetView.Lines(budget, width),
            ServerCertificate certificate => CertificateView.Lines(certificate, width),
            OwnershipPlan plan => OwnershipView.Lines(plan, width),
            DatabaseCopy copy => CopyView.Lines(copy, width),
            MoveJob job => MoveJobView.Lines(job, width),
            MoveRun run => MoveRunView.Lines(run, width),
            OwnershipTransfer transfer => OwnershipView.Lines(transfer, width),
            PSCustomObject when SupportQueryRowView.IsRow(value) => SupportQueryRowView.Lines(value, width),
            // What lost too much on the way still says what it is.
            _ => [value.ToString()],
        };
    }

    /// <summary>All of a readiness report, line by line.</summary>
    /// <param name="value">The report.</param>
    /// <param name="host">Where it is shown.</param>
    public static IEnumerable<string> DetailedLines(PSObject value, PSHost host) =>
        ObjectOf(value) is ReadinessReport report ? DetailedReportView.Lines(report, WidthOf(host)) : Lines(value, host);

    /// <summary>Texts for the last column of a table, one below the other, each broken between words.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="before">The width of the columns before.</param>
    /// <param name="host">Where it is shown.</param>
    public static string Cell(object? texts, int before, PSHost host) => Cell(texts, fixes: null, before, host);

    /// <summary>The same, and fixes below, which are broken so that they can be pasted: see <see cref="RemedyLines"/>.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="fixes">The fixes.</param>
    /// <param name="before">The width of the columns before.</param>
    /// <param name="host">Where it is shown.</param>
    public static string Cell(object? texts, object? fixes, int before, PSHost host)
    {
        var room = WidthOf(host) - before - 1;
        return string.Join('\n', Several(texts).SelectMany(text => VisibleText.Of(text).Split('\n')).SelectMany(line => FilledLines.Of(line, room))
            .Concat(Remedies(fixes).SelectMany(fix => RemedyLines.Of(fix, room))));
    }

    static object? ObjectOf(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Rehydration.TypeOf(value) is null ? value.BaseObject : DeserializedReport.Read(value) ?? Rehydration.Read<object>(value);
    }

    static IEnumerable<string> Several(object? texts) => (texts is PSObject wrapped ? wrapped.BaseObject : texts) switch
    {
        null => [],
        string text => [text],
        IEnumerable many => many.Cast<object?>().SelectMany(Several),
        _ => [texts!.ToString()!],
    };

    static IEnumerable<Remedy> Remedies(object? fixes) => (fixes is PSObject wrapped ? wrapped.BaseObject : fixes) switch
    {
        null => [],
        Remedy remedy => [remedy],
        string text => [text],
        object[] many => many.SelectMany(Remedies),
        IEnumerable<Remedy> many => many,
        _ => Rehydration.Read<Remedy>(PSObject.AsPSObject(fixes!)) is { } remedy ? [remedy] : [fixes!.ToString()!],
    };

    static int WidthOf(PSHost host)
    {
        try
        {
            return host?.UI?.RawUI?.BufferSize.Width is { } width and >= LeastWidth ? width : WidthUnknown;
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException or NotSupportedException or InvalidOperationException)
        {
            return WidthUnknown;
        }
    }
}
