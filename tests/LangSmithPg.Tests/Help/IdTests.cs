using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Help;

/// <summary>The topics of findings and errors and the code agree: no id without its words, and no words of an id that nothing gives.</summary>
public sealed partial class IdTests(LiveServer server) : IDisposable
{
    static readonly string[] ErrorKinds =
    [
        "Connections.ConnectionProblem", "Servers.ConnectionFailureKind", "Servers.ServerErrorKind", "Tls.CertificateProblemKind", "Iam.TokenProblemKind",
        "Iam.Roles.IamRoleProblemKind", "Initialization.InitializationProblemKind", "Ownership.OwnershipProblemKind", "Files.FileProblemKind", "Moves.MoveProblemKind", "SupportQueries.SupportQueryProblemKind", "Preflight.PreflightProblemKind",
    ];

    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_finding_is_explained_and_no_other()
    {
        // The ids of values files are among the texts of the rules: no one file could bring them all about.
        string[] ids = [.. Reported(), .. Preflight(), .. CompiledTexts.Of("LangSmithPg.Core").Where(one => FindingId().IsMatch(one))];

        Assert.True(ids.Length > 60, $"Only {ids.Length} ids were found.");
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), Explained("about_LangSmithPg_Findings").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_is_explained_and_no_other()
    {
        // The one place that makes errors takes their ids from enumerations or writes them out.
        var written = WrittenIds().Matches(File.ReadAllText(Path.Join(BuildPaths.Repository, "src", "LangSmithPg", "Errors", "ErrorRecords.cs"))).Select(one => one.Groups[1].Value);
        string[] ids = [.. ErrorKinds.SelectMany(NamesOf), .. written];

        Assert.True(ids.Length > 100, $"Only {ids.Length} ids were found.");
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), Explained("about_LangSmithPg_Errors").Distinct().Order(StringComparer.Ordinal));
    }

    // What reports hold: a rule gives all its ids, whatever it finds. Some are put together from the names of extensions and steps.
    IEnumerable<string> Reported()
    {
        _session.Set("password", LiveServer.Password);
        var given = _session.Run($"""
            $connection = New-LangSmithPgConnectionString {server.Arguments("owner", "ready")}
            $connection | Test-LangSmithPgReadiness -Rehearse
            $connection | Test-LangSmithPgReadiness -Rehearse -Schema nowhere_yet
            """);
        given.ThrowIfFailed();
        return given.Output.SelectMany(report => (IEnumerable<object>)report.Properties["Findings"].Value).Select(one => (string)((dynamic)one).Id);
    }

    // The job's script writes its own findings where nothing of the module can.
    static IEnumerable<string> Preflight() =>
        PreflightId().Matches(File.ReadAllText(Path.Join(BuildPaths.Repository, "src", "LangSmithPg.Core", "Preflight", "preflight.ps1")))
            .Select(one => $"Preflight.{one.Groups[1].Value}");

    IEnumerable<string> NamesOf(string enumeration)
    {
        var names = _session.Run($"[enum]::GetNames([LangSmithPg.Connections.PgConnectionString].Assembly.GetType('LangSmithPg.{enumeration}', $true))");
        names.ThrowIfFailed();
        return names.Output.Select(one => (string)one.BaseObject);
    }

    // Behind the introduction, ids stand alone on their lines, several with commas between them.
    static List<string> Explained(string topic) =>
    [
        .. File.ReadLines(Path.Join(BuildPaths.Repository, "en-US", $"{topic}.help.txt"))
            .SkipWhile(line => line != "LONG DESCRIPTION").Skip(1)
            .SkipWhile(line => !Heading().IsMatch(line)).TakeWhile(line => line != "SEE ALSO")
            .Where(line => Entry().IsMatch(line))
            .SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    [GeneratedRegex(@"\A(Connection|Pooler|(Server|Cloud|Tls|Iam|Database|Schema|Role|Session|Extension|Rehearsal|Values|Release|Budget|Compare|Move|Health)\.[A-Za-z_.]+)\z")]
    private static partial Regex FindingId();

    [GeneratedRegex(@"(?:Write-Problem |Id = '|\$import \? ')([A-Z][A-Za-z]+)")]
    private static partial Regex PreflightId();

    [GeneratedRegex(@"""([A-Z][A-Za-z]{7,})""")]
    private static partial Regex WrittenIds();

    [GeneratedRegex("^[A-Z]")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^    [A-Z][A-Za-z0-9_.]+(, [A-Z][A-Za-z0-9_.]+)*,?$")]
    private static partial Regex Entry();
}
