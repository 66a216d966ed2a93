using LangSmithPg.Common;
using LangSmithPg.Reports;
using LangSmithPg.Reports.Values;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class CsvReportTests
{
    [Fact]
    public void Every_finding_is_a_row()
    {
        var rows = CsvRows.Read(CsvReport.Write(Samples.Of(Samples.NotReady("a.example.com:5432/x"), Samples.Unreachable())));
        Assert.Equal(13, rows.Count);
        var row = rows.Single(row => row["Id"] == "Extension.ltree");
        Assert.Equal(
            ("a.example.com:5432/x", "False", "Fail", "Extension.citext", "Text", "15.18", "langsmith_app", "Azure"),
            (row["Target"], row["IsReady"], row["Status"], row["CausedBy"], row["FixKind"], row["ServerVersion"], row["UserName"], row["Provider"]));
        Assert.Equal(Samples.NotReady().Findings.Single(finding => finding.Id == "Schema.Create").Fix!.Text, rows.Single(row => row["Id"] == "Schema.Create")["Fix"]);
        Assert.Equal("", rows.Single(row => row["Status"] == "Fail" && row["Id"] == "Connection")["ServerVersion"]);
    }

    [Fact]
    public void A_database_whose_findings_were_left_out_keeps_a_row()
    {
        var row = Assert.Single(CsvRows.Read(CsvReport.Write(Samples.Of(Samples.Ready() with { Status = FindingStatus.Pass, IsReady = true, Findings = [] }))));
        Assert.Equal(("db.example.com:5432/langsmith", "True", "", "Pass"), (row["Target"], row["IsReady"], row["Id"], row["Status"]));
    }

    [Fact]
    public void Lines_end_as_the_standard_says_and_texts_keep_theirs()
    {
        var text = CsvReport.Write(Samples.Of(Samples.NotReady()));
        Assert.StartsWith("\"Target\",\"IsReady\",\"Id\",\"Status\",\"CausedBy\",", text, StringComparison.Ordinal);
        Assert.EndsWith("\"\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\"\"public\"\" TO \"\"langsmith_app\"\";\n-- or", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "\"\"")]
    [InlineData("plain, \"quoted\"\nand more", "\"plain, \"\"quoted\"\"\nand more\"")]
    [InlineData("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("\r=1", "\"␍=1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("a=1;=2", "\"a=1;=2\"")]
    [InlineData("'=1", "\"'=1\"")]
    public void No_cell_is_a_formula(string? value, string cell) => Assert.Equal(cell, CsvText.Cell(value));

    [Fact]
    public void A_hostile_server_adds_no_row_and_no_cell()
    {
        var rows = CsvRows.Read(CsvReport.Write(Samples.Of(Samples.Evil("=1\",\r\n\"x\""))));
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.StartsWith("'=1\",", row["Target"], StringComparison.Ordinal));
    }

    [Fact]
    public void Values_files_have_a_row_a_finding_and_one_where_there_is_none()
    {
        var rows = CsvRows.Read(ValuesCsv.Write(ValuesSamples.Of(ValuesSamples.Invalid(), ValuesSamples.Valid())));
        Assert.Equal(
            ["base.yaml::Pass", "deploy/my values.yaml:1:Unknown", "deploy/my values.yaml:4:Warning", "deploy/my values.yaml:9:Fail", "deploy/my values.yaml:11:Fail", "valid.yaml::Pass"],
            rows.Select(row => $"{row["Path"]}:{row["Line"]}:{row["Status"]}"));
        Assert.Equal(("0.16.11", "False", "True", "postgres.external.iamAuthProvider"), (rows[4]["ChartVersion"], rows[4]["IsValid"], rows[4]["CanFix"], rows[4]["Key"]));
    }
}
