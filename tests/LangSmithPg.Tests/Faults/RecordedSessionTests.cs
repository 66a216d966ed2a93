using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Faults;

/// <summary>What PowerShell itself keeps of a session holds no password: transcript, trace, history, errors, and whatever objects are exported to.</summary>
public sealed class RecordedSessionTests : IDisposable
{
    const string Needle = "Zq7x/Needle";
    const string Encoded = "Zq7x%2FNeedle";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_record_of_a_session_holds_the_password()
    {
        await File.WriteAllTextAsync(_folder.File("needle"), Needle, TestContext.Current.CancellationToken);

        var result = await Pwsh.RunAsync(
            $$"""
            Import-Module '{{BuildPaths.ModuleManifest}}'
            Start-Transcript ./transcript.txt
            $password = ConvertTo-SecureString (Get-Content ./needle) -AsPlainText
            $connection = New-LangSmithPgConnectionString 127.0.0.1 d -Port 1 -UserName u -Password $password -Verbose -Debug
            $outcomes = @(
                $connection
                $connection | Test-LangSmithPgConnection -Verbose -Debug
                $connection | Test-LangSmithPgReadiness -Verbose -Debug
                $connection | New-LangSmithPgSecret -Verbose -Debug
                $connection | New-LangSmithHelmValues -IncludeConnectionUrl -Verbose -Debug
                $connection | Test-LangSmithPgConnectionString -Verbose -Debug)
            $connection | Get-LangSmithPgServer -Verbose -Debug
            $connection | Install-LangSmithPgExtensions -Verbose -Debug -Confirm:$false
            $connection | Set-LangSmithEnvFile ./absent/.env -Verbose -Debug
            $connection | Set-LangSmithEnvFile ./whatif.env -WhatIf
            $connection | Set-LangSmithEnvFile ./.env -Verbose -Debug
            $outcomes
            $outcomes | Format-List * -Force
            $outcomes | Format-Custom -Depth 4
            $outcomes | ForEach-Object { $_ | ConvertTo-Json -Depth 4 -WarningAction Ignore }
            $outcomes | ForEach-Object { "$_" }
            $outcomes | Export-Clixml ./objects.xml -Depth 6
            $outcomes | Out-File ./objects.txt
            $index = 0; foreach ($one in $outcomes) { $one | Export-Csv "./object$((++$index)).csv" }
            Trace-Command * -FilePath ./trace.txt -Expression {
                $connection | Test-LangSmithPgConnection -Quiet
                Test-LangSmithPgConnection -Connection $connection -Quiet
                $connection | Set-LangSmithEnvFile ./whatif.env -WhatIf
            }
            Get-Error -Newest 20
            $Error | Format-List * -Force
            Get-History | Format-List *
            Get-Variable | Out-String
            Stop-Transcript
            """, _folder.Path);

        Assert.Contains("127.0.0.1:1 refused the connection", result.Output, StringComparison.Ordinal);
        AssertSilent("output", result.Output);
        AssertSilent("errors", result.Errors);
        var files = Directory.GetFiles(_folder.Path).Where(file => Path.GetFileName(file) is not ("needle" or ".env")).ToList();
        Assert.Contains(files, file => file.EndsWith("trace.txt", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("transcript.txt", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("object1.csv", StringComparison.Ordinal));
        foreach (var file in files)
        {
            AssertSilent(file, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }

        Assert.Contains(Encoded, await File.ReadAllTextAsync(_folder.File(".env"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    static void AssertSilent(string where, string text)
    {
        Assert.NotEmpty(where);
        foreach (var needle in (string[])[Needle, Encoded])
        {
            var at = text.IndexOf(needle, StringComparison.Ordinal);
            Assert.True(at < 0, at < 0 ? "" : $"{where}: …{text[Math.Max(0, at - 300)..at]}");
        }
    }
}
