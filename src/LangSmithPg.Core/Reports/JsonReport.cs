using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports;

/// <summary>Writes a report as JSON in the shape that docs/report.schema.json describes: every property is always there.</summary>
static class JsonReport
{
    // Raised in its first number when a property goes or changes its meaning, in its second when one is added.
    const string SchemaVersion = $"{MajorVersion}.5";

    const string MajorVersion = "1";

    // It is a file, not a part of a page: a reader wants to see the SQL.
    static readonly JsonReportContext Context = new(new(JsonReportContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(FleetReport report) =>
        JsonSerializer.Serialize(ToDocument(report), Context.JsonFleet).ReplaceLineEndings("\n") + "\n";

    /// <summary>Reads the databases of a report that was written.</summary>
    /// <exception cref="JsonException">It is not such a report, or is incomplete.</exception>
    public static IReadOnlyList<ReadinessReport> Read(string text) =>
        JsonSerializer.Deserialize(text, Context.JsonFleet) is { Databases: { Count: > 0 } databases }
            ? [.. databases.Select(FromDatabase)]
            : throw new JsonException("The report contains no databases.");

    /// <summary>Reads a report that was written, with its title and time.</summary>
    /// <exception cref="JsonException">It is not such a report, or is incomplete.</exception>
    public static FleetReport ReadFleet(string text) => JsonSerializer.Deserialize(text, Context.JsonFleet) switch
    {
        { SchemaVersion: { } version } when !version.StartsWith($"{MajorVersion}.", StringComparison.Ordinal) =>
            throw new JsonException($"The report has format {version}, but this module reads format {MajorVersion}."),
        { SchemaVersion: not null, Databases: { Count: > 0 } databases, GeneratedAt: { } written }
            when DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) =>
            new("", time, "", [.. databases.Select(FromDatabase)]),
        _ => throw new JsonException("This is not a report that Export-LangSmithPgReport wrote as JSON."),
    };

    // Where findings were left out, the counts tell of how many.
    static ReadinessReport FromDatabase(JsonDatabase database) =>
        database is { Target: { } target, Findings: { } findings } && (findings.Count > 0 || database.Counts is { IsEmpty: false })
            && findings.All(finding => finding is { Id: not null, Message: not null } && Enum.IsDefined(finding.Status) && Enum.IsDefined(finding.FixKind ?? default)) && Enum.IsDefined(database.Purpose ?? default) && Enum.IsDefined(database.Kind ?? default)
            ? new()
            {
                Target = target,
                Status = database.Status,
                Counts = CountsOf(database, findings),
                IsReady = database.IsReady && findings.All(finding => finding.Status < FindingStatus.Fail || AcceptanceOf(finding) is not null),
                Findings = [.. findings.Select(finding => FromFinding(finding, target))],
                UserName = database.UserName,
                Schema = database.Schema,
                Kind = database.Kind ?? ReportKind.Readiness,
                Purpose = database.Purpose ?? DatabasePurpose.LangSmith,
                ServerVersion = database.ServerVersion,
                Provider = database.Provider,
                Elapsed = TimeSpan.FromMilliseconds(database.ElapsedMilliseconds),
                Figures = FiguresOf(database.Figures),
            }
            : throw new JsonException("A database or one of its findings is incomplete.");

    static StatusCounts CountsOf(JsonDatabase database, IReadOnlyList<JsonFinding> findings)
    {
        return new(
            Most(FindingStatus.Fail, database.Counts?.Fail), Most(FindingStatus.Warning, database.Counts?.Warning), Most(FindingStatus.Unknown, database.Counts?.Unknown),
            Most(FindingStatus.Pass, database.Counts?.Pass), Most(FindingStatus.NotApplicable, database.Counts?.NotApplicable),
            Math.Max(findings.Count(finding => AcceptanceOf(finding) is not null), database.Counts?.Accepted ?? 0));

        int Most(FindingStatus status, int? counted) => Math.Max(findings.Count(finding => finding.Status == status && AcceptanceOf(finding) is null), counted ?? 0);
    }

    // A database that was not checked is never ready, whatever a file says.
    static Acceptance? AcceptanceOf(JsonFinding finding) => finding is { Accepted.Reason: { } reason, Id: not AcceptedFinding.NeverAccepted }
        ? new(reason, DateOnly.TryParseExact(finding.Accepted.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end) ? end.ToDateTime(TimeOnly.MinValue) : null)
        : null;

    // What is only compared may be missing, but not be nonsense.
    static DatabaseFigures? FiguresOf(JsonFigures? figures) =>
        figures is { DatabaseBytes: >= 0, Tables: { } tables } && tables.All(table => table is { Name: not null, Bytes: >= 0 })
            && DateTimeOffset.TryParse(figures.Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new(time.UtcDateTime, figures.DatabaseBytes, tables.Select(table => new TableFigure(table.Name, table.Bytes)).ToArray())
            : null;

    static Finding FromFinding(JsonFinding finding, string target) => new()
    {
        Id = finding.Id,
        Status = finding.Status,
        Target = target,
        Message = finding.Message,
        Evidence = finding.Evidence,
        Why = finding.Why,
        Fix = finding.Fix is { } fix ? new(finding.FixKind ?? RemedyKind.Text, fix) : null,
        CausedBy = finding.CausedBy,
        Accepted = AcceptanceOf(finding),
        Source = Uri.TryCreate(finding.Source, UriKind.Absolute, out var source) ? source : null,
    };

    static JsonFleet ToDocument(FleetReport report) => new(
        SchemaVersion,
        report.Title,
        Prose.Iso(report.GeneratedAt),
        new("LangSmithPg", report.ModuleVersion),
        new(report.Databases.Count, report.ReadyCount, report.Databases.Count - report.ReadyCount, Count(report.Count, report.AcceptedCount)),
        [.. report.Databases.Select(ToDatabase)]);

    static JsonDatabase ToDatabase(ReadinessReport database) => new(
        database.Target,
        database.IsReady,
        database.Status,
        database.UserName,
        database.Schema,
        database.Kind,
        database.Purpose,
        database.ServerVersion,
        database.Provider,
        (long)Math.Round(database.Elapsed.TotalMilliseconds),
        Count(database.Count, database.AcceptedCount),
        database.Figures is { } figures ? new(Prose.Iso(figures.Time), figures.DatabaseBytes, [.. figures.Tables.Select(table => new JsonTable(table.Name, table.Bytes))]) : null,
        [.. database.Findings.Select(ToFinding)]);

    static JsonFinding ToFinding(Finding finding) => new(
        finding.Id, finding.Status, finding.Message, finding.Evidence, finding.Why, finding.Fix?.Text, finding.Fix?.Kind, finding.CausedBy,
        finding.Accepted is { } accepted ? new(accepted.Reason, accepted.Until is null ? null : accepted.UntilText) : null, finding.Source?.OriginalString);

    static JsonCounts Count(Func<FindingStatus, int> count, int accepted) => new(
        count(FindingStatus.Fail), count(FindingStatus.Warning), count(FindingStatus.Unknown), count(FindingStatus.Pass), count(FindingStatus.NotApplicable), accepted);
}

sealed record JsonFleet(
    string SchemaVersion, string Title, string GeneratedAt, JsonGenerator Generator, JsonSummary Summary, IReadOnlyList<JsonDatabase> Databases);

sealed record JsonGenerator(string Name, string Version);

sealed record JsonSummary(int Databases, int Ready, int NotReady, JsonCounts Findings);

sealed record JsonCounts(int Fail, int Warning, int Unknown, int Pass, int NotApplicable, int Accepted)
{
    [JsonIgnore]
    public bool IsEmpty => Fail + Warning + Unknown + Pass + NotApplicable + Accepted == 0;
}

sealed record JsonDatabase(
    string Target, bool IsReady, FindingStatus Status, string? UserName, string? Schema, ReportKind? Kind, DatabasePurpose? Purpose, string? ServerVersion, ServerProvider? Provider,
    long ElapsedMilliseconds, JsonCounts? Counts, JsonFigures? Figures, IReadOnlyList<JsonFinding> Findings);

sealed record JsonFigures(string Time, long DatabaseBytes, IReadOnlyList<JsonTable> Tables);

sealed record JsonTable(string Name, long Bytes);

sealed record JsonFinding(
    string Id, FindingStatus Status, string Message, string? Evidence, string? Why, string? Fix, RemedyKind? FixKind, string? CausedBy,
    JsonAcceptance? Accepted, string? Source);

sealed record JsonAcceptance(string Reason, string? Until);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JsonFleet))]
sealed partial class JsonReportContext : JsonSerializerContext;
