using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Formatting;

/// <summary>What is shown fits the terminal, and nothing of it is cut.</summary>
public sealed partial class ViewTests(LiveServer server)
{
    static readonly string[] Scripts =
    [
        "$ready, $long", "'app:p@ss@db.example.com/langsmith' | Test-LangSmithPgConnectionString", "$ready, $wrong | Test-LangSmithPgConnection",
        "$ready | Get-LangSmithPgServer", "$bare | Test-LangSmithPgExtensions", "$bare | Install-LangSmithPgExtensions -ErrorAction SilentlyContinue",
        "$bare | Test-LangSmithPgReadiness", "$bare | Test-LangSmithPgReadiness -Detailed", "$bare, $ready | Test-LangSmithPgReadiness -Ordered", "($bare | Test-LangSmithPgReadiness).Findings", "$ready | Test-LangSmithPgReadiness -Rehearse",
        "$certificate", "$ready | New-LangSmithPgSecret -Namespace langsmith", "$ready | New-LangSmithHelmValues",
        "Get-LangSmithComponent", "Get-LangSmithPgDatabase", "Measure-LangSmithPgConnectionBudget -At Rollout", "(Measure-LangSmithPgConnectionBudget -At Rollout).Workloads", "(Measure-LangSmithPgConnectionBudget).Servers", "$owner | Set-LangSmithPgOwner -From old_owner -To 'sa@proj.iam' -WhatIf", "Test-LangSmithHelmValues $values", "Test-LangSmithPgRelease $values", "$bare | Test-LangSmithPgHealth", "$bare | Test-LangSmithPgHealth -Detailed", "$bare, $ready | Test-LangSmithPgHealth -Ordered", "Test-LangSmithPgMove $ready $bare", "Test-LangSmithPgMove $ready $bare -Detailed", "$owner | Compare-LangSmithPgDatabase $owner",
        "(Test-LangSmithHelmValues $values).Findings", "Compare-LangSmithPgReport $earlier $later", "$accepted", "$accepted.Findings", "Compare-LangSmithPgReport $accepted $later -WarningAction Ignore",
        "(Compare-LangSmithPgReport $earlier $later).Changes",
        "[pscustomobject]@{ PSTypeName = 'LangSmithPg.SupportQueryRow'; id = 1; at = [datetime]::UnixEpoch; nothing = $null; text = 'word ' * 40 }",
    ];

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(160)]
    public void Every_view_fits(int width)
    {
        using var session = new ModuleSession(width);
        var values = Prepare(session);
        foreach (var script in Scripts)
        {
            var shown = session.Show(script);
            Assert.NotEqual("", shown.Trim());
            Assert.DoesNotContain('…', shown);
            Assert.All(shown.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, $"{script}: {line}"));
        }

        File.Delete(values);
    }

    [Fact]
    public void What_comes_back_looks_as_it_did()
    {
        using var session = new ModuleSession();
        var values = Prepare(session);
        foreach (var script in Scripts)
        {
            session.Run($"$live = {script}; $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($live))").ThrowIfFailed();
            Assert.Equal(session.Show("$live"), session.Show("$back"));
        }

        File.Delete(values);
    }

    [Fact]
    public void What_is_long_is_broken_between_words()
    {
        using var session = new ModuleSession(80);
        File.Delete(Prepare(session));
        var lines = session.Show("$bare | Test-LangSmithPgReadiness -MinimumStatus Warning -Detailed").Split('\n').Select(line => line.TrimEnd()).ToList();
        Assert.Contains("                Check with -CaCertificate, and mount the CA certificate in the", lines);
        Assert.Contains("                GRANT CREATE ON DATABASE \"bare\" TO \"guest\";", lines);
        // What is a comment stays one: the line below it must not run by itself.
        Assert.Contains("                -- or, as a superuser or the owner: ALTER DATABASE \"bare\" OWNER", lines);
        Assert.Contains("                -- TO \"guest\";", lines);
    }

    [Theory]
    [InlineData("Test-LangSmithHelmValues $values, $values")]
    public void The_head_of_a_report_is_broken_between_its_details(string script)
    {
        using var session = new ModuleSession();
        var values = Prepare(session);
        session.Run($"$report = {script}").ThrowIfFailed();
        var whole = Head(1000);
        Assert.Single(whole);
        for (var width = 40; width <= 160; width++)
        {
            var lines = Head(width);
            Assert.All(lines, line => Assert.True(line.Length < width, $"{width}: {line}"));
            Assert.Equal(whole[0], string.Join(' ', lines.Select(line => line.TrimStart())));
            Assert.All(lines, line => Assert.DoesNotMatch("[0-9]$", line));
        }

        File.Delete(values);

        string[] Head(int width)
        {
            var view = session.Run($"[LangSmithPg.Formatting.ValuesView]::Lines($report, {width})");
            return [.. view.Output.Select(line => Escapes().Replace((string)line.BaseObject, "")).TakeWhile((line, index) => index == 0 || line.StartsWith("    ", StringComparison.Ordinal))];
        }
    }

    [Fact]
    public void A_long_target_is_broken_at_its_joints()
    {
        using var session = new ModuleSession(80);
        var shown = session.Show("'u:p@langsmith-production-westeurope-01.invalid-name-of-a-server.example:1/langsmith_production' | Test-LangSmithPgReadiness -TimeoutSeconds 1");
        Assert.StartsWith("langsmith-production-westeurope-01.invalid-name-of-a-server.example:1\n    /langsmith_production\n    ", shown.TrimStart().Replace(" \n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_s_name_is_broken_at_its_joints_if_at_all()
    {
        using var session = new ModuleSession(80);
        session.Set("target", "langsmith-production-westeurope-01.postgres.database.azure.com:5432/langsmith_production");
        Assert.Contains(
            "langsmith-production-westeurope-01.postgres\n                              .database.azure.com:5432/langsmith_production\n",
            session.Show("[LangSmithPg.Servers.ConnectionTest]::new($target, $true, $true, $true, '18.0', $null, 12.3, $null)").Replace(" \n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_be_mended_says_so()
    {
        using var session = new ModuleSession();
        var values = Prepare(session);
        Assert.Contains("Can be fixed with -Fix.", session.Show("(Test-LangSmithHelmValues $values).Findings | Where-Object Id -EQ Values.IamProvider"), StringComparison.Ordinal);
        Assert.DoesNotContain("Can be fixed with -Fix.", session.Show("(Test-LangSmithHelmValues $values).Findings | Where-Object CanFix -EQ $false"), StringComparison.Ordinal);
        Assert.Contains("(Values.IamProvider; can be fixed with -Fix)", session.Show("Test-LangSmithHelmValues $values"), StringComparison.Ordinal);
        File.Delete(values);
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial System.Text.RegularExpressions.Regex Escapes();

    string Prepare(ModuleSession session)
    {
        var values = Path.GetTempFileName();
        File.WriteAllText(values, "postgres:\n  external:\n    enabled: true\n    existingSecretNam: x\n    iamAuthProvider: Azure\n");
        server.Introduce(session);
        session.Set("values", values);
        session.Run($"""
            $owner = New-LangSmithPgConnectionString {server.Arguments("sa@proj.iam", "hand_over")}
            $long = New-LangSmithPgConnectionString langsmith-production-westeurope-01.postgres.database.azure.com langsmith_production -UserName langsmith-workload-identity -IamAuthProvider Azure -Schema langsmith_production
            $certificate = Get-LangSmithPgCertificate localhost {server.Port}
            $earlier = @($bare | Test-LangSmithPgReadiness -MinimumStatus Warning; $ready, (New-LangSmithPgConnectionString {server.Arguments("old_owner", "hand_over")}) | Test-LangSmithPgReadiness)
            [System.IO.File]::WriteAllText("$values.accepted", "- id: S*`n  reason: The database is moved to another server in spring`n  until: 2999-03-31")
            $accepted = $bare | Test-LangSmithPgReadiness -AcceptedFinding "$values.accepted"
            [System.IO.File]::Delete("$values.accepted")
            $later = $bare, (New-LangSmithPgConnectionString {server.Arguments("guest", "hand_over")}) | Test-LangSmithPgReadiness
            """).ThrowIfFailed();
        return values;
    }
}
