using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>Mistakes with values files, and with the files that are written.</summary>
public sealed class ValuesMistakeTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public ValuesMistakeTests()
    {
        Write("tab.yaml", "postgres:\n\texternal: {}\n");
        Write("twice.yaml", "postgres:\n  external:\n    enabled: true\npostgres:\n  external:\n    enabled: true\n");
        Write("fleet.csv", "HostName,Password\nh,N33dle\n");
        Write("there.yaml", "");
        File.WriteAllBytes(_folder.File("client.pfx"), [0x30, 0x82, 0x00, 0x10, 0xFF, 0x00]);
        _session.Set("folder", _folder.Path);
        _session.Run("$connection = 'u:N33dle@h/d' | ConvertFrom-LangSmithPgConnectionString").ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("nowhere.yaml", "FileNotFound", "nowhere.yaml does not exist", "Check the path")]
    [InlineData("", "FileNotRead", "is a folder, not a file", "Specify its files, such as")]
    [InlineData("tab.yaml", "SyntaxError", "Line 2, column 1: This line is indented with a tab", "Replace the tab with spaces")]
    [InlineData("fleet.csv", "NotAMap", "fleet.csv: Line 1, column 1", "Specify a Helm values file")]
    [InlineData("client.pfx", "NotUtf8", "client.pfx: The file is not a text file", "Specify a text file")]
    public void A_file_that_is_not_a_values_file_is_one_error(string name, string id, string message, string advice) =>
        Mistake.IsTold(_session, $"Test-LangSmithHelmValues $folder/{name}", id, message, advice);

    [Fact]
    public void A_key_that_is_there_twice_is_one_failure_with_its_line()
    {
        var finding = _session.Run("(Test-LangSmithHelmValues $folder/twice.yaml).Findings | Where-Object Id -eq Values.RepeatedKey").Single;
        Assert.Equal("Fail", finding.Properties["Status"].Value.ToString());
        Assert.Equal(4, finding.Properties["Line"].Value);
        Assert.NotEmpty(finding.Properties["Fix"].Value.ToString()!);
    }

    [Theory]
    [InlineData("$connection | New-LangSmithPgSecret | Export-LangSmithYaml $folder/no/x.yaml", "FileNotWritten", "does not exist", "Check that the folder exists")]
    [InlineData("$connection | New-LangSmithPgSecret | Export-LangSmithYaml $folder/there.yaml", "FileExists", "already exists", "-Force")]
    [InlineData("$connection | New-LangSmithPgSecret -Name My_Secret", "InvalidName", "'My_Secret' is not a valid name in Kubernetes. Use lowercase letters", "Choose another name")]
    [InlineData("$connection | New-LangSmithPgSecret -Namespace Lang_Smith", "InvalidName", "'Lang_Smith' is not a valid name in Kubernetes", "Choose another name")]
    [InlineData("[IO.FileInfo]\"$folder/tab.yaml\" | Export-LangSmithYaml $folder/x.yaml", "NotADocument", "System.IO.FileInfo cannot be used here", "New-LangSmithPgSecret")]
    [InlineData("[IO.FileInfo]\"$folder/tab.yaml\" | Export-LangSmithPgReport $folder/x.html", "NotAReport", "System.IO.FileInfo is not a report", "Test-LangSmithPgReadiness")]
    [InlineData("$connection | Export-LangSmithPgReport $folder/x.pdf", "UnknownReportFormat", "does not correspond to a report format", ".html")]
    [InlineData("$connection | Export-LangSmithPgReport $folder/x -Format Makrdown", "InvalidValue", "The value of Format is not one of", "Did you mean Markdown?")]
    public void A_file_that_cannot_be_written_is_one_error(string script, string id, string message, string advice) =>
        Mistake.IsTold(_session, script, id, message, advice);

    void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);
}
