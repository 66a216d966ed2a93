using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Preflight;
using LangSmithPg.Readiness;

namespace LangSmithPg.Setup;

/// <summary>The commands that come after a setup, for PowerShell, and the file that lists them.</summary>
/// <param name="Connection">How LangSmith connects.</param>
/// <param name="Report">The readiness of the database.</param>
/// <param name="Folder">The folder of the files, as it is written in commands.</param>
/// <param name="ReleaseName">Name of the Helm release.</param>
/// <param name="Namespace">The namespace of LangSmith.</param>
/// <param name="ChartVersion">The version of the chart, or null where it is not known.</param>
sealed record SetupSteps(
    PgConnectionString Connection, ReadinessReport Report, string Folder, string ReleaseName, string Namespace, ChartVersion? ChartVersion)
{
    public const string FixFile = "fix.sql";
    public const string SecretFile = "postgres-secret.yaml";
    public const string CaFile = "ca-secret.yaml";
    public const string ClientCertificateFile = "client-certificate-secret.yaml";
    public const string ValuesFile = "values.yaml";
    public const string PreflightFile = "preflight.yaml";
    public const string ReportFile = "readiness.html";
    public const string DataFile = "readiness.json";
    public const string StepsFile = "next-steps.md";

    // invalid_catalog_name
    const string DatabaseMissing = "3D000";

    /// <summary>The manifests of Secrets, in the order in which they are applied.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>The preflight; null where there is none.</summary>
    public required PreflightJob? Preflight { get; init; }

    /// <summary>Paths of the files of accepted findings; the preflight is received with them, too.</summary>
    public IReadOnlyList<string> AcceptedFindings { get; init; } = [];

    /// <summary>What makes the database ready: where there is none, the cmdlet that creates it; otherwise SQL by psql, and the commands of the clouds.</summary>
    public IReadOnlyList<string> Fix => IsMissing ? [Initialize] :
    [
        .. Report.FixSql.Length == 0 ? [] : (string[])[$"psql -h {Argument(Connection.HostName)} -p {Connection.Port} -U <administrator> -d {Argument(Database)} -f {PathOf(FixFile)}"],
        .. Report.Fixes.Where(fix => fix.Kind == RemedyKind.Shell).Select(fix => fix.Text),
    ];

    /// <summary>What installs LangSmith.</summary>
    public IReadOnlyList<string> Install =>
    [
        $"kubectl create namespace {Namespace} --dry-run=client -o yaml | kubectl apply -f -",
        .. Secrets.Select(file => $"kubectl apply --server-side -f {PathOf(file)}"),
        .. Preflight is null ? [] : Checked(Preflight.CommandsFor(PathOf(PreflightFile))),
        "helm repo add langchain https://langchain-ai.github.io/helm",
        Preflight is null ? Upgrade : $"if ($preflight -and $preflight.IsReady -notcontains $false) {{ {Upgrade} }}",
    ];

    string Upgrade => $"helm upgrade --install {ReleaseName} langchain/langsmith{(ChartVersion is null ? "" : $" --version {ChartVersion}")} -n {Namespace} -f {PathOf(ValuesFile)}";

    // Applied, waited for and read; the last command, which removes the job, would take the log away.
    IEnumerable<string> Checked(IReadOnlyList<string> commands) => [commands[0], commands[1], $"$preflight = @({commands[2]}{Accepting})", "$preflight"];

    string Accepting => AcceptedFindings.Count == 0 ? "" : $" -AcceptedFinding {string.Join(", ", AcceptedFindings.Select(Argument))}";

    /// <summary>What to run next: what makes the database ready, or, where it is, what installs LangSmith.</summary>
    public IReadOnlyList<string> Next => Report.IsReady ? Install : Fix;

    /// <summary>SQL that makes the database ready, to be run as it is; only a comment where there is none.</summary>
    public string FixSql => Report.FixSql.Length == 0
        ? $"-- {Connection.Target}: no SQL is required.\n"
        : $"-- Makes {Connection.Target} ready for LangSmith. Run it as an administrator of the database, in the database {VisibleText.Line(Database)}.\n{Report.FixSql}\n";

    /// <summary>All steps, as Markdown, for a reader in the folder of the files.</summary>
    public string Markdown => (this with { Folder = "" }).ToMarkdown();

    string ToMarkdown() => string.Join('\n',
    [
        $"# LangSmith with {Connection.Target}",
        "",
        $"The database is {Report.Verdict}. Run all commands in PowerShell, in the folder of this file.",
        "",
        "## 1. Make the database ready",
        "",
        .. Report.IsReady ? ["Nothing to do: the database is ready."] : FixSteps,
        "",
        "## 2. Install LangSmith",
        "",
        $"`{ValuesFile}` contains only what leads LangSmith to its PostgreSQL: add the license and the other settings of your installation to it, or specify further files with `-f`.",
        "",
        Fence("powershell", Install),
        "",
        .. Preflight is null ? [] : (string[])["The preflight repeats the check inside the cluster. `helm upgrade` runs only if it is ready.", ""],
    ]);

    bool IsMissing => Report.Findings is [{ Id: "Connection", Status: FindingStatus.Fail, Evidence: { } evidence }, ..] && evidence.StartsWith(DatabaseMissing, StringComparison.Ordinal);

    // The role is there: it has logged in. Its password stays.
    string Initialize => string.Concat(
        $"New-LangSmithPgConnectionString {Argument(Connection.HostName)} postgres -Port {Connection.Port}",
        Connection.SslMode is null or SslMode.Require ? "" : $" -SslMode {Connection.SslMode}",
        Connection.UsesSystemRootCertificate ? " -UseSystemRootCertificate" : "",
        $" -Credential (Get-Credential -Message 'Administrator of the server') | Initialize-LangSmithPgDatabase -NewDatabase {Argument(Connection.Database)} -RoleName {Argument(Connection.UserName)}",
        Connection.Schema == PgConnectionString.DefaultSchema ? "" : $" -Schema {Argument(Connection.Schema)}");

    // Where there was no login, LangSmith's own database may be what is missing.
    string Database => Report.ServerVersion is null ? "postgres" : Connection.Database;

    IEnumerable<string> FixSteps =>
    [
        .. Fix.Count == 0 ? [] : (string[])[Fence("powershell", Fix), ""],
        .. Report.Fixes.Where(fix => fix.Kind is not (RemedyKind.Sql or RemedyKind.Shell)).SelectMany(fix => (string[])[Fence("text", [fix.Text]), ""]),
        "Then run the same command, `Invoke-LangSmithPgSetup`, again.",
    ];

    // A fence that the text cannot end.
    static string Fence(string language, IReadOnlyList<string> lines)
    {
        var fence = "```";
        while (lines.Any(line => line.Contains(fence, StringComparison.Ordinal)))
        {
            fence += "`";
        }

        return $"{fence}{language}\n{string.Join('\n', lines)}\n{fence}";
    }

    static string Argument(string value) => CommandArgument.ForPowerShell(value);

    string PathOf(string file) => Argument(Folder.Length == 0 ? file : $"{Folder}/{file}");
}
