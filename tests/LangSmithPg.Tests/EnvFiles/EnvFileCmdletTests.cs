using System.Diagnostics;
using System.Text.RegularExpressions;
using LangSmithPg.Core.Tests.Peers;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.EnvFiles;

public sealed class EnvFileCmdletTests : IDisposable
{
    const string Url = "app:p%40%27s%23%24%20%22%5C@db.example.com:5432/langsmith?sslmode=require";

    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public EnvFileCmdletTests()
    {
        _session.Set("file", EnvFile);
        _session.Set("password", "p@'s#$ \"\\");
        _session.Run("$connection = New-LangSmithPgConnectionString db.example.com langsmith -UserName app -Password $password").ThrowIfFailed();
    }

    string EnvFile => Path.Join(_folder, ".env");

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("A=1\nPOSTGRES_DATABASE_URI=old # ours\nB=2\n")]
    [InlineData("A=1\r\nexport POSTGRES_DATABASE_URI='old'\r\nB=2\r\n")]
    [InlineData("A=1\nB=2")]
    [InlineData("A=1\nPOSTGRES_DATABASE_URI=\"one\"\nB=2\nPOSTGRES_DATABASE_URI=two\n")]
    public void Docker_Compose_reads_what_was_set(string before)
    {
        var compose = Peer.Find("docker-compose");
        File.WriteAllText(EnvFile, before);
        File.WriteAllText(
            Path.Join(_folder, "docker-compose.yml"),
            "version: '3'\nservices:\n  one:\n    image: x\n    environment:\n      URI: ${POSTGRES_DATABASE_URI}\n      A: ${A}\n      B: ${B}\n");

        Assert.Empty(_session.Run("$connection | Set-LangSmithEnvFile $file -Backup").Errors);

        var read = Read(compose);
        Assert.Contains($"URI: {Url}", Regex.Replace(read, "['\"]", ""), StringComparison.Ordinal);
        Assert.Contains("A: '1'", read.Replace('"', '\''), StringComparison.Ordinal);
        Assert.Contains("B: '2'", read.Replace('"', '\''), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText($"{EnvFile}.bak"));
    }

    [Theory]
    [InlineData("-Schema app", "schema app (POSTGRES_SCHEMA) is not part")]
    [InlineData("-Schema app -IamAuthProvider Azure", "schema app (POSTGRES_SCHEMA) and IAM provider Azure (POSTGRES_IAM_AUTH_PROVIDER) are not part")]
    public void What_the_connection_string_cannot_say_is_told(string arguments, string expected)
    {
        var result = _session.Run($"New-LangSmithPgConnectionString h d -UserName u {arguments} | Set-LangSmithEnvFile $file");

        Assert.Empty(result.Errors);
        Assert.Contains(expected, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_file_is_its_owners_alone_and_setting_again_changes_nothing()
    {
        var file = (FileInfo)_session.Run("$connection | Set-LangSmithEnvFile $file -PassThru").Single.BaseObject;

        Assert.Equal(EnvFile, file.FullName);
        Assert.Equal($"POSTGRES_DATABASE_URI=\"{Url}\"\n", File.ReadAllText(EnvFile));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(EnvFile) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        var written = File.GetLastWriteTimeUtc(EnvFile);
        Assert.Empty(_session.Run("$connection | Set-LangSmithEnvFile $file").Errors);
        Assert.Equal(written, File.GetLastWriteTimeUtc(EnvFile));
    }

    [Fact]
    public void WhatIf_says_what_would_be_done_without_the_password()
    {
        File.WriteAllText(EnvFile, "POSTGRES_DATABASE_URI=old\n");

        var shown = _session.Show("$connection | Set-LangSmithEnvFile $file -WhatIf").ReplaceLineEndings("");

        Assert.Contains("app:****@db.example.com", shown, StringComparison.Ordinal);
        Assert.Contains("replace on line 1", shown, StringComparison.Ordinal);
        Assert.Equal("POSTGRES_DATABASE_URI=old\n", File.ReadAllText(EnvFile));
    }

    [Fact]
    public void A_file_that_nobody_can_read_is_left_alone()
    {
        File.WriteAllText(EnvFile, "A='N33dle\n");

        var result = _session.Run("$connection | Set-LangSmithEnvFile $file");

        Assert.Equal("NoEnvFile", result.ErrorId);
        Assert.DoesNotContain("N33dle", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("A='N33dle\n", File.ReadAllText(EnvFile));
    }

    // A dollar sign is doubled where it is shown as a Compose file again.
    string Read(string compose)
    {
        var start = new ProcessStartInfo(compose, ["config"]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in (string[])["POSTGRES_DATABASE_URI", "A", "B"])
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }
}
