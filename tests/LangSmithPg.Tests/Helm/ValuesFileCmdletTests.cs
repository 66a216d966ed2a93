using System.Management.Automation;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Helm;

/// <summary>Values that go into a file which is there already.</summary>
public sealed class ValuesFileCmdletTests : IDisposable
{
    const string Before = "# ours\nconfig:\n  langsmithLicenseKey: 'N33dle'  # do not lose\n\npostgres:\n  external:\n    enabled: false\n    existingSecretName: \"\"\n";

    const string After = "# ours\nconfig:\n  langsmithLicenseKey: 'N33dle'  # do not lose\n\npostgres:\n  external:\n    enabled: true\n    existingSecretName: \"postgres-secret\"\n";

    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public ValuesFileCmdletTests()
    {
        File.WriteAllText(ValuesFile, Before);
        _session.Set("file", ValuesFile);
        _session.Run("$values = 'u:p@db.example.com/langsmith?sslmode=require' | New-LangSmithHelmValues").ThrowIfFailed();
    }

    string ValuesFile => Path.Join(_folder, "values.yaml");

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_file_that_lets_another_cloud_log_in_gets_no_identity_of_this_one()
    {
        const string gcp = "postgres:\n  external:\n    enabled: true\n    iamAuthProvider: gcp\n";
        File.WriteAllText(ValuesFile, gcp);

        var result = _session.Run("Set-LangSmithIamAnnotations -ClientId 11111111-2222-3333-4444-555555555555 -Path $file -Force");

        Assert.Equal("OtherIamProvider", result.ErrorId);
        Assert.Equal(gcp, File.ReadAllText(ValuesFile));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("''")]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("\"${CLOUD}\"")]
    [InlineData("AWS")]
    public void A_file_that_names_no_provider_or_this_one_gets_the_identity(string provider)
    {
        var text = $"postgres:\n  external:\n    enabled: true\n    iamAuthProvider: {provider}  # of the chart\n";
        File.WriteAllText(ValuesFile, text);

        Assert.Empty(_session.Run("Set-LangSmithIamAnnotations -RoleArn arn:aws:iam::123456789012:role/langsmith -ChartVersion 0.16.11 -Component queue -Path $file").Errors);

        Assert.Equal(
            text + "queue:\n  serviceAccount:\n    annotations:\n      eks.amazonaws.com/role-arn: \"arn:aws:iam::123456789012:role/langsmith\"\n", File.ReadAllText(ValuesFile));
    }

    [Fact]
    public void What_the_file_says_otherwise_needs_force_and_is_told()
    {
        var result = _session.Run("$values | Export-LangSmithHelmValues -Path $file");

        Assert.Equal("ValuesConflict", result.ErrorId);
        Assert.Contains("line 7: postgres.external.enabled is already set to false; the new value is true", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(Before, File.ReadAllText(ValuesFile));

        Assert.Empty(_session.Run("$values | Export-LangSmithHelmValues -Path $file -Force -Backup").Errors);
        Assert.Equal((After, Before), (File.ReadAllText(ValuesFile), File.ReadAllText($"{ValuesFile}.bak")));
        Assert.Empty(_session.Run("$values | Export-LangSmithHelmValues -Path $file").Errors);
        Assert.Equal(After, File.ReadAllText(ValuesFile));
    }

    [Fact]
    public void WhatIf_shows_the_change_with_secrets_masked_and_writes_nothing()
    {
        var shown = _session.Show("'u:N33dle@db.example.com/d?sslmode=require' | New-LangSmithHelmValues -IncludeConnectionUrl | Export-LangSmithHelmValues -Path $file -Force -WhatIf");

        Assert.Contains("-    enabled: false", shown, StringComparison.Ordinal);
        Assert.Contains("+    enabled: true", shown, StringComparison.Ordinal);
        Assert.Contains("+    connectionUrl: ****", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", shown, StringComparison.Ordinal);
        Assert.Equal(Before, File.ReadAllText(ValuesFile));
    }

    [Fact]
    public void A_new_file_with_a_password_is_its_owners_alone()
    {
        var path = Path.Join(_folder, "new.yaml");
        _session.Set("file", path);

        var given = _session.Run("'u:p@h/d?sslmode=require' | New-LangSmithHelmValues -IncludeConnectionUrl | Export-LangSmithHelmValues -Path $file -PassThru").Single;

        Assert.Equal(path, ((FileInfo)given.BaseObject).FullName);
        Assert.Equal("postgres:\n  external:\n    enabled: true\n    connectionUrl: \"u:p@h:5432/d?sslmode=require\"\n", File.ReadAllText(path));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void A_password_in_a_file_that_others_read_is_a_warning_and_permissions_stay()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access rules in place of modes.");
            return;
        }

        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(ValuesFile, Mode);

        var result = _session.Run("'u:p@h/d?sslmode=require' | New-LangSmithHelmValues -IncludeConnectionUrl | Export-LangSmithHelmValues -Path $file -Force");

        Assert.Contains("can be read by other users", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(Mode, File.GetUnixFileMode(ValuesFile));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets administrators alone make links.");
        var link = Path.Join(_folder, "link.yaml");
        File.CreateSymbolicLink(link, ValuesFile);
        _session.Set("file", link);

        Assert.Empty(_session.Run("$values | Export-LangSmithHelmValues -Path $file -Force").Errors);

        Assert.Equal(ValuesFile, new FileInfo(link).LinkTarget);
        Assert.Equal(After, File.ReadAllText(ValuesFile));
    }

    [Fact]
    public void A_read_only_file_and_one_that_is_no_YAML_are_left_alone()
    {
        new FileInfo(ValuesFile).IsReadOnly = true;
        var result = _session.Run("$values | Export-LangSmithHelmValues -Path $file -Force");
        new FileInfo(ValuesFile).IsReadOnly = false;
        Assert.Equal(("FileNotWritten", ErrorCategory.PermissionDenied), (result.ErrorId, result.Errors[0].CategoryInfo.Category));
        Assert.Equal(Before, File.ReadAllText(ValuesFile));

        File.WriteAllText(ValuesFile, "a: [N33dle\n");
        var broken = _session.Run("$values | Export-LangSmithHelmValues -Path $file -Force");
        Assert.Equal("SyntaxError", broken.ErrorId);
        Assert.DoesNotContain("N33dle", broken.Errors[0].ToString(), StringComparison.Ordinal);
        File.WriteAllBytes(ValuesFile, [0xFF, 0xFE, 0x61, 0]);
        Assert.Equal("NotUtf8", _session.Run("$values | Export-LangSmithHelmValues -Path $file -Force").ErrorId);
        File.WriteAllBytes(ValuesFile, [0x61, 0xE9]);
        Assert.Equal("NotUtf8", _session.Run("$values | Export-LangSmithHelmValues -Path $file -Force").ErrorId);
    }

    [Fact]
    public void Values_that_disagree_are_not_written()
    {
        var result = _session.Run("($values, ($values | Set-LangSmithPodSecurityContext), ('u@h/d?sslmode=require' | New-LangSmithHelmValues -ExistingSecretName other)) | Export-LangSmithHelmValues -Path $file -Force");

        Assert.Equal("ValuesDisagree", result.ErrorId);
        Assert.Equal(Before, File.ReadAllText(ValuesFile));
    }

    [Fact]
    public void Annotations_and_security_context_go_into_a_file_too()
    {
        Assert.Empty(_session.Run("Set-LangSmithIamAnnotations -ClientId 11111111-2222-3333-4444-555555555555 -ChartVersion 0.16.11 -Component queue -Path $file").Errors);
        Assert.Empty(_session.Run("Set-LangSmithPodSecurityContext -Path $file -WhatIf; Set-LangSmithPodSecurityContext -Path $file").Errors);

        Assert.Equal(
            Before + """
                queue:
                  serviceAccount:
                    annotations:
                      azure.workload.identity/client-id: "11111111-2222-3333-4444-555555555555"
                  deployment:
                    labels:
                      azure.workload.identity/use: "true"
                commonPodSecurityContext:
                  fsGroup: 1000

                """.ReplaceLineEndings("\n"), File.ReadAllText(ValuesFile));
    }
}
