using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Helm;

/// <summary>Values files that are tested at the prompt, and mended.</summary>
public sealed class HelmValuesLintTests : IDisposable
{
    const string Before = "# ours\r\npostgres:\r\n  external:\r\n    enabled: true # yes\r\n    existingSecretName: pg\r\n    iamAuthProvider: Azure\r\n    password: 'N33dle#'\r\n";

    const string After = "# ours\r\npostgres:\r\n  external:\r\n    enabled: true # yes\r\n    existingSecretName: pg\r\n    iamAuthProvider: azure\r\n    password: 'N33dle#'\r\n";

    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public HelmValuesLintTests()
    {
        File.WriteAllText(ValuesFile, Before);
        _session.Set("file", ValuesFile);
        _session.Set("folder", _folder);
    }

    string ValuesFile => Path.Join(_folder, "values.yaml");

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Findings_have_a_place_that_an_editor_opens() => Assert.Equal(
        [false, $"{ValuesFile}:6:5"], Values("$r = Test-LangSmithHelmValues $file; $r.IsValid; ($r.Findings | Where-Object Id -eq Values.IamProvider).Place"));

    [Fact]
    public void Fix_mends_what_is_safe_keeps_every_other_byte_and_gives_what_is_left()
    {
        Assert.Contains("+    iamAuthProvider: azure", _session.Show("$null = Test-LangSmithHelmValues $file -Fix -WhatIf"), StringComparison.Ordinal);
        Assert.Equal(Before, File.ReadAllText(ValuesFile));

        var left = Values("(Test-LangSmithHelmValues $file -Fix -Backup).Findings.Id");

        Assert.Equal((After, Before), (File.ReadAllText(ValuesFile), File.ReadAllText($"{ValuesFile}.bak")));
        Assert.DoesNotContain("Values.IamProvider", left);
        Assert.Contains("Values.IamIdentity", left);
    }

    [Fact]
    public void Fix_says_what_it_fixed_and_how_much_is_left()
    {
        var first = _session.Show("Test-LangSmithHelmValues $file -Fix");
        Assert.Contains("-Fix fixed 1 of ", first, StringComparison.Ordinal);
        Assert.Contains("  Fixed    values.yaml:6:5  Values.IamProvider", first, StringComparison.Ordinal);
        Assert.Contains("-Fix fixed 0 of ", _session.Show("Test-LangSmithHelmValues $file -Fix"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$text -split '\n'")]
    [InlineData("$text")]
    [InlineData("'USER-SUPPLIED VALUES:', $text")]
    public void Text_from_the_pipeline_is_a_file(string input)
    {
        _session.Set("text", Before);
        Assert.Equal(Values("(Test-LangSmithHelmValues $file).Findings.Id").Order(), Values($"({input} | Test-LangSmithHelmValues).Findings.Id").Order());
        Assert.Equal("TextNotFixed", _session.Run($"{input} | Test-LangSmithHelmValues -Fix").ErrorId);
    }

    [Fact]
    public void What_cannot_be_mended_where_it_stands_does_not_keep_the_rest_from_it()
    {
        File.WriteAllText(ValuesFile, Before + "commonLabels: &shared\r\n  tier: 3\r\n");

        var result = _session.Run("$null = Test-LangSmithHelmValues $file -Fix");

        Assert.Equal("SharedPlace", result.ErrorId);
        Assert.Equal(After + "commonLabels: &shared\r\n  tier: 3\r\n", File.ReadAllText(ValuesFile));
    }

    [Fact]
    public void Several_files_are_one_release_and_come_by_the_pipeline_too()
    {
        File.WriteAllText(Path.Join(_folder, "values.z.yaml"), "postgres:\n  external:\n    iamAuthProvider: \"\"\n");

        Assert.Equal([1, false], Values(
            "@(\"$folder/values.yaml\", [IO.FileInfo]\"$folder/values.z.yaml\" | Test-LangSmithHelmValues).Count; (Test-LangSmithHelmValues \"$folder/values*.yaml\").Findings.Id -contains 'Values.IamProvider'"));
    }

    [Theory]
    [InlineData("Test-LangSmithHelmValues \"$folder/nowhere.yaml\"", "FileNotFound")]
    [InlineData("Test-LangSmithHelmValues \"$folder/nowhere*.yaml\"", "FileNotFound")]
    [InlineData("Test-LangSmithHelmValues \"$folder/nodir/*.yaml\"", "FileNotFound")]
    [InlineData("Test-LangSmithHelmValues $folder", "FileNotRead")]
    [InlineData("[IO.File]::WriteAllText(\"$folder/tab.yaml\", \"a:`n`tb: 1\"); Test-LangSmithHelmValues \"$folder/tab.yaml\"", "SyntaxError")]
    [InlineData("Test-LangSmithHelmValues $file -ChartVersion 0.11.0", "UnknownChart")]
    [InlineData("Test-LangSmithHelmValues $file -Chart \"$folder/no-chart\"", "ChartNotRead")]
    public void What_cannot_be_tested_is_one_clear_error(string command, string id) => Assert.Equal(id, _session.Run(command).ErrorId);

    [Fact]
    public void A_folder_is_called_one() =>
        Assert.StartsWith($"{_folder} is a folder, not a file.", Assert.Single(_session.Run("Test-LangSmithHelmValues $folder").Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_view_fits_the_terminal_and_shows_no_secret()
    {
        var shown = _session.Show("Test-LangSmithHelmValues $file -Verbose");

        Assert.Contains("Values.IamIdentity", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", shown, StringComparison.Ordinal);
    }

    object[] Values(string script)
    {
        var result = _session.Run(script);
        result.ThrowIfFailed();
        return [.. result.Output.Select(one => one.BaseObject)];
    }
}
