using System.Management.Automation;
using System.Text.Json.Nodes;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Reports;

/// <summary>What Test-LangSmithHelmValues finds, written to files.</summary>
public sealed class ValuesReportCmdletTests : IDisposable
{
    const string Values = "postgres:\n  external:\n    enabled: true\n    iamAuthProvider: Azure\n    password: 'N33dle#'\n";

    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public ValuesReportCmdletTests()
    {
        Directory.CreateDirectory(Path.Join(_folder, "my deploy"));
        File.WriteAllText(Path.Join(_folder, "my deploy", "values.yaml"), Values);
        _session.Set("folder", _folder);
        _session.Run("$ExecutionContext.SessionState.Path.SetLocation($folder); $report = Test-LangSmithHelmValues 'my deploy/values.yaml'").ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    string Read(string name) => File.ReadAllText(Path.Join(_folder, name));

    [Theory]
    [InlineData("lint.md", "# Helm values for LangSmith\n\n**The values are not valid.**", "| `my deploy/values.yaml` |")]
    [InlineData("lint.xml", "<?xml ", "<testsuite name=\"my deploy/values.yaml\"")]
    [InlineData("lint.csv", "\"Path\",\"ChartVersion\",", "\"my deploy/values.yaml\",")]
    [InlineData("lint.sarif", "{\n  \"$schema\"", "\"uri\": \"my%20deploy/values.yaml\"")]
    [InlineData("lint.txt -Format GitHubAnnotations", "::error file=my deploy/values.yaml,line=", ",line=4,col=5,title=Values.IamProvider::")]
    [InlineData("lint.md -Title 'Pull request 7'", "# Pull request 7\n", "`my deploy/values.yaml`")]
    public void They_are_written_like_the_reports_of_databases(string arguments, string start, string part)
    {
        _session.Run($"$report | Export-LangSmithPgReport {arguments}").ThrowIfFailed();
        var text = Read(arguments.Split(' ')[0]);
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", text, StringComparison.Ordinal);
    }

    [Fact]
    public void From_elsewhere_the_path_is_whole()
    {
        Directory.CreateDirectory(Path.Join(_folder, "other"));
        _session.Run("$ExecutionContext.SessionState.Path.SetLocation(\"$folder/other\"); $report | Export-LangSmithPgReport $folder/lint.sarif").ThrowIfFailed();
        var result = JsonNode.Parse(Read("lint.sarif"))!["runs"]![0]!["results"]![0]!;
        Assert.Equal(
            new Uri(Path.Join(_folder, "my deploy", "values.yaml")).AbsoluteUri,
            result["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!.GetValue<string>());
    }

    [Fact]
    public void Reports_that_come_back_from_a_job_say_the_same()
    {
        _session.Set("back", PSSerializer.Deserialize(PSSerializer.Serialize(_session.Run("$report").Output)));
        _session.Run("$report | Export-LangSmithPgReport here.csv; $back | Export-LangSmithPgReport back.csv").ThrowIfFailed();
        Assert.Equal(Read("here.csv"), Read("back.csv"));
    }

    [Theory]
    [InlineData("lint.html")]
    [InlineData("lint.json")]
    public void What_has_no_page_for_them_says_so(string name)
    {
        var result = _session.Run($"$report | Export-LangSmithPgReport {name}");
        Assert.Equal("UnsupportedReportFormat", result.ErrorId);
        Assert.Contains("-Format Markdown", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(_folder, name)));
    }

    [Theory]
    [InlineData("$database, $report")]
    [InlineData("$report, $database")]
    public void One_file_is_of_one_kind(string input)
    {
        _session.Run("$database = 'app:s3cret@127.0.0.1:1/langsmith' | Test-LangSmithPgReadiness");
        var result = _session.Run($"{input} | Export-LangSmithPgReport mixed.csv");
        Assert.Equal("MixedReports", result.ErrorId);
        Assert.False(File.Exists(Path.Join(_folder, "mixed.csv")));
    }
}
