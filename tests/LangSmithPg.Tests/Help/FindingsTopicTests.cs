using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Help;

/// <summary>The topic of the findings and the code agree: no id without its words, and no words of an id that nothing gives.</summary>
public sealed partial class FindingsTopicTests(LiveServer server) : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_finding_is_explained_and_no_other()
    {
        // The ids of values files are among the texts of the rules: no one file could bring them all about.
        string[] ids = [.. Reported(), .. CompiledTexts.Of("LangSmithPg.Core").Where(one => FindingId().IsMatch(one))];

        Assert.True(ids.Length > 60, $"Only {ids.Length} ids were found.");
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), Explained().Where(one => FindingId().IsMatch(one)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_reason_for_no_connection_and_every_fault_of_a_certificate_is_explained_and_no_other()
    {
        string[] ids = [.. NamesOf("LangSmithPg.Servers.ConnectionFailureKind"), .. NamesOf("LangSmithPg.Tls.CertificateProblemKind")];

        Assert.Equal(ids.Order(StringComparer.Ordinal), Explained().Where(one => !FindingId().IsMatch(one)).Order(StringComparer.Ordinal));
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

    // Ids stand alone on their lines, several with commas between them.
    static List<string> Explained() =>
    [
        .. File.ReadLines(Path.Join(BuildPaths.Repository, "en-US", "about_LangSmithPg_Findings.help.txt"))
            .SkipWhile(line => line != "GETTING INTO THE DATABASE").TakeWhile(line => line != "SEE ALSO")
            .Where(line => Entry().IsMatch(line))
            .SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    IEnumerable<string> NamesOf(string enumeration) => _session.Run($"[enum]::GetNames([{enumeration}])").Output.Select(one => (string)one.BaseObject);

    [GeneratedRegex(@"\A(Connection|Pooler|(Server|Tls|Iam|Database|Schema|Role|Session|Extension|Rehearsal|Values)\.[A-Za-z_.]+)\z")]
    private static partial Regex FindingId();

    [GeneratedRegex(@"^    [A-Z][A-Za-z_.]+(, [A-Z][A-Za-z_.]+)*,?$")]
    private static partial Regex Entry();
}
