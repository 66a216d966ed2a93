using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Kubernetes;

public sealed class ManifestCmdletTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public ManifestCmdletTests()
    {
        _session.Set("folder", _folder);
        _session.Run("$connection = New-LangSmithPgConnectionString db.example.com langsmith -UserName app -Password 's3cret/1'").ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Values_name_the_Secret_and_hold_none()
    {
        Assert.Equal(
            "postgres:\n  external:\n    enabled: true\n    existingSecretName: postgres-secret",
            _session.Run("$connection | New-LangSmithHelmValues | ConvertTo-LangSmithYaml").Single.BaseObject);
    }

    [Fact]
    public void Values_hold_the_connection_only_when_asked()
    {
        Assert.Equal(
            "postgres:\n  external:\n    enabled: true\n    connectionUrl: \"app:s3cret%2F1@db.example.com:5432/langsmith?sslmode=require\"",
            _session.Run("$connection | New-LangSmithHelmValues -IncludeConnectionUrl | ConvertTo-LangSmithYaml").Single.BaseObject);
        var shown = _session.Show("$connection | New-LangSmithHelmValues -IncludeConnectionUrl");
        Assert.Contains("postgres.external.connectionUrl: ****", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_carry_schema_verification_and_identity()
    {
        var yaml = (string)_session.Run("""
            New-LangSmithPgConnectionString h d -UserName id -IamAuthProvider Azure -Schema app -UseSystemRootCertificate |
                New-LangSmithHelmValues -ExistingSecretName pg -ConnectionUrlSecretKey url | ConvertTo-LangSmithYaml
            """).Single.BaseObject;
        Assert.Equal(
            """
            postgres:
              external:
                enabled: true
                existingSecretName: pg
                connectionUrlSecretKey: url
                schema: app
                customTls: true
                iamAuthProvider: azure
            """.ReplaceLineEndings("\n"), yaml);
    }

    [Fact]
    public void The_Secret_holds_the_connection()
    {
        Assert.Equal(
            """
            apiVersion: v1
            kind: Secret
            metadata:
              name: postgres-secret
              namespace: langsmith
            type: Opaque
            stringData:
              connection_url: "app:s3cret%2F1@db.example.com:5432/langsmith?sslmode=require"
            """.ReplaceLineEndings("\n"),
            _session.Run("$connection | New-LangSmithPgSecret -Namespace langsmith | ConvertTo-LangSmithYaml").Single.BaseObject);
    }

    [Theory]
    [InlineData("$connection | New-LangSmithHelmValues -ExistingSecretName 123", "123")]
    [InlineData("$connection | New-LangSmithHelmValues -ExistingSecretName true", "true")]
    [InlineData("$connection | New-LangSmithHelmValues -ExistingSecretName Upper", "Upper")]
    [InlineData("$connection | New-LangSmithHelmValues -ConnectionUrlSecretKey 'a b'", "a b")]
    [InlineData("$connection | New-LangSmithPgSecret -Name under_score", "under_score")]
    [InlineData("$connection | New-LangSmithPgSecret -Namespace 'a b'", "a b")]
    [InlineData("$connection | New-LangSmithPgSecret -Key 'a/b'", "a/b")]
    [InlineData("$connection | New-LangSmithPgPreflightJob -Namespace 'A B'", "A B")]
    [InlineData("$connection | New-LangSmithPgPreflightJob -ModuleVolumeClaim 'A B'", "A B")]
    [InlineData("$connection | New-LangSmithPgPreflightJob -ReleaseName 'A B'", "A B", "Helm release name")]
    [InlineData("$connection | New-LangSmithPgPreflightJob -ModuleInImage -PodLabel @{ 'a b' = 'c' }", "a b")]
    [InlineData("$connection | New-LangSmithPgPreflightJob -ModuleInImage -PodLabel @{ a = 'c d' }", "c d", "value for the Kubernetes label a")]
    [InlineData("$connection | New-LangSmithPgPreflightJob -ModuleInImage -Image 'a b'", "a b", "image name")]
    [InlineData("$connection | New-LangSmithPgPreflightJob -ModuleInImage -Image ''", "", "image name")]
    public void Names_that_Kubernetes_or_the_chart_cannot_take_are_refused(string script, string name, string what = "name in Kubernetes")
    {
        var result = _session.Run(script);
        Assert.Empty(result.Output);
        Assert.Equal("InvalidName", result.ErrorId);
        Assert.Equal(name, result.Errors[0].TargetObject);
        Assert.StartsWith(result.Errors[0].ToString().StartsWith("The chart", StringComparison.Ordinal) ? $"The chart writes '{name}'" : $"'{name}' is not a valid {what}", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("/srv/feed")]
    [InlineData("ftp://feed.example.com/x")]
    [InlineData("https://")]
    [InlineData("https://app:N33dle@feed.example.com/x")]
    [InlineData("https://app:N33dle@feed.example.com:99999/x")]
    public void A_repository_has_an_address_and_no_login(string address)
    {
        var result = _session.Run($"$connection | New-LangSmithPgPreflightJob -ModuleRepository '{address}'");

        Assert.Empty(result.Output);
        Assert.Equal("InvalidRepository", result.ErrorId);
        var error = Assert.Single(result.Errors);
        Assert.DoesNotContain("N33dle", $"{error} {error.Exception} {error.ErrorDetails.RecommendedAction} {error.TargetObject}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_without_password_or_identity_is_worth_a_warning() =>
        Assert.Contains("neither a password nor an IAM provider",
            Assert.Single(_session.Run("New-LangSmithPgConnectionString h d -UserName u | New-LangSmithPgSecret").Warnings), StringComparison.Ordinal);

    [Fact]
    public void Several_manifests_become_documents_of_one_stream()
    {
        var texts = _session.Run("($connection | New-LangSmithPgSecret -Name a), ($connection | New-LangSmithPgSecret -Name b) | ConvertTo-LangSmithYaml").Output;
        Assert.Equal(2, texts.Count);
        Assert.StartsWith("---\napiVersion: v1\n", (string)texts[1].BaseObject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_secret_is_its_owners_alone()
    {
        var file = (FileInfo)_session.Run("$connection | New-LangSmithPgSecret | Export-LangSmithYaml -Path $folder/secret.yaml -PassThru").Single.BaseObject;
        Assert.Equal(Path.Combine(_folder, "secret.yaml"), file.FullName);
        Assert.EndsWith("sslmode=require\"\n", File.ReadAllText(file.FullName), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.FullName));
        }
    }

    [Fact]
    public void A_file_that_is_there_is_kept_unless_forced()
    {
        var path = Path.Combine(_folder, "values.yaml");
        File.WriteAllText(path, "precious");
        var refused = _session.Run("$connection | New-LangSmithHelmValues | Export-LangSmithYaml -Path $folder/values.yaml");
        Assert.Equal("FileExists", refused.ErrorId);
        Assert.Equal("precious", File.ReadAllText(path));

        // Before the pipeline does anything, and -WhatIf says no more than what would be.
        var early = _session.Run("& { $script:ran = $true; $connection | New-LangSmithPgSecret } | Export-LangSmithYaml -Path $folder/values.yaml -WhatIf");
        Assert.Equal("FileExists", early.ErrorId);
        Assert.Null(_session.Run("$script:ran").Single);

        _session.Run("$connection | New-LangSmithHelmValues | Export-LangSmithYaml -Path $folder/values.yaml -Force").ThrowIfFailed();
        Assert.StartsWith("postgres:\n", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(_session.Run("$connection | New-LangSmithPgSecret | Export-LangSmithYaml -Path $folder/x.yaml -WhatIf -PassThru").Output);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Nothing_at_all_is_a_warning_and_no_file()
    {
        Assert.Contains("nothing to write", Assert.Single(_session.Run("@() | Export-LangSmithYaml -Path $folder/x.yaml").Warnings), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "x.yaml")));
    }

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        var result = _session.Run("$connection | New-LangSmithPgSecret | Export-LangSmithYaml -Path $folder/missing/x.yaml");
        Assert.Equal("FileNotWritten", result.ErrorId);
        Assert.Contains("missing", result.Errors[0].ToString(), StringComparison.Ordinal);
    }
}
