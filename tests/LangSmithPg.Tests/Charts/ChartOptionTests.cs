using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Charts;

/// <summary>The chart that a cmdlet works for: its files, a version, or one that nobody looked at.</summary>
public sealed class ChartOptionTests : IDisposable
{
    const string Arn = "arn:aws:iam::123456789012:role/langsmith";
    const string ClientId = "0e4f8ecf-0000-4000-8000-000000000001";

    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public ChartOptionTests()
    {
        Write("langsmith/Chart.yaml", "version: 0.99.0");
        Write("langsmith/values.yaml", """
            commonPodSecurityContext: {}
            postgres: {external: {enabled: false, existingSecretName: "", iamAuthProvider: "", clientCert: {secretName: ""}}}
            novel:
              enabled: true
              serviceAccount: {create: true}
              postgres: {external: {enabled: false, existingSecretName: "", iamProvider: ""}}
            backend:
              autoscaling: {hpa: {enabled: false}}
            """);
        Write("langsmith/templates/novel.yaml", """
            {{- if .Values.novel.enabled }}
            kind: Deployment
            metadata:
              labels: {{ .Values.novel.deployment.labels }}
            spec:
              serviceAccountName: {{ include "novel.serviceAccountName" . }}
              securityContext: {{ .Values.novel.deployment.podSecurityContext }}
              env:
                - name: POSTGRES_DATABASE_URI
                - path: /etc/postgres/certs
            {{- end }}
            {{- define "novel.serviceAccountName" }}{{ .Values.novel.serviceAccount.create }}{{ .Values.novel.serviceAccount.annotations }}{{ end }}
            {{- if hasKey .Values "old" -}}{{- fail "old is gone. Use novel." -}}{{- end -}}
            """);
        _session.Set("chart", _folder.File("langsmith"));
        _session.Set("file", _folder.File("values.yaml"));
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData($"Set-LangSmithIamAnnotations -RoleArn {Arn} -Chart $chart", $"novel:\n  serviceAccount:\n    annotations:\n      eks.amazonaws.com/role-arn: \"{Arn}\"")]
    [InlineData("Set-LangSmithPodSecurityContext -PerPod -Chart $chart", "novel:\n  deployment:\n    podSecurityContext:\n      fsGroup: 1000")]
    [InlineData("New-LangSmithPgConnectionString h d -UserName u -IamAuthProvider Aws | New-LangSmithHelmValues -Chart $chart", "postgres:\n  external:\n    enabled: true\n    existingSecretName: postgres-secret\n    iamAuthProvider: aws")]
    public void Values_are_written_for_a_chart_that_nobody_looked_at(string command, string yaml)
    {
        var result = _session.Run($"{command} | ConvertTo-LangSmithYaml");

        Assert.Empty(result.Warnings);
        Assert.Equal(yaml, result.Single.BaseObject);
    }

    [Fact]
    public void A_job_is_made_for_it_too()
    {
        var result = _session.Run("New-LangSmithPgConnectionString h d -UserName u | New-LangSmithPgPreflightJob -ModuleInImage -Chart $chart");

        Assert.Empty(result.Warnings);
        Assert.Equal("langsmith-backend", result.Single.Properties["ServiceAccountName"].Value);
    }

    [Fact]
    public void The_fix_that_is_printed_for_it_works()
    {
        Write("values.yaml", "postgres:\n  external:\n    enabled: true\n    existingSecretName: pg\n    iamAuthProvider: azure\n");
        var fix = (string)_session.Run("((Test-LangSmithHelmValues $file -Chart $chart).Findings | Where-Object Id -eq Values.IamIdentity).Fix.Text").Single.BaseObject;
        Assert.Contains("-Chart ", fix, StringComparison.Ordinal);

        Assert.Empty(_session.Run(fix.Replace("<guid>", ClientId, StringComparison.Ordinal)).Errors);

        Assert.Contains("novel:", File.ReadAllText(_folder.File("values.yaml")), StringComparison.Ordinal);
        Assert.DoesNotContain("Values.IamIdentity", _session.Run("(Test-LangSmithHelmValues $file -Chart $chart).Findings.Id").Output.Select(one => one.ToString()));
    }

    [Fact]
    public void What_it_refuses_and_which_databases_it_has_is_its_own_word()
    {
        Write("values.yaml", "postgres: {external: {enabled: true, existingSecretName: pg}}\nold: {x: 1}\n");

        Assert.Equal(
            ["Warning novel.postgres.external.enabled ", "Fail old old is gone. Use novel."],
            _session.Run("(Test-LangSmithHelmValues $file -Chart $chart).Findings | ForEach-Object { \"$($_.Status) $($_.Key) $(if ($_.Id -eq 'Values.RefusedKey') { $_.Fix })\" }")
                .Output.Select(one => one.ToString()));
    }

    [Theory]
    [InlineData($"Set-LangSmithIamAnnotations -RoleArn {Arn} -Chart $chart -ChartVersion 0.16.11", "ChartAndVersion", "cannot be combined")]
    [InlineData($"Set-LangSmithIamAnnotations -RoleArn {Arn} -Chart $chart/none", "ChartNotRead", "none")]
    [InlineData($"Set-LangSmithIamAnnotations -RoleArn {Arn} -Chart $chart -Component backend", "UnknownComponent", "Chart 0.99.0 does not have this component")]
    [InlineData($"Set-LangSmithIamAnnotations -RoleArn {Arn} -ChartVersion 0.99.0 -Component novel -WarningAction Ignore", "UnknownComponent", "Chart 0.17.0-rc.12, which is used for version 0.99.0, does not have this component")]
    [InlineData($"[IO.File]::WriteAllText(\"$chart/values.yaml\", 'novel: {{}}'); Set-LangSmithIamAnnotations -RoleArn {Arn} -Chart $chart", "ChartTooOld", "Chart 0.99.0 does not support IAM")]
    [InlineData("[IO.File]::WriteAllText(\"$chart/values.yaml\", 'novel: {}'); Set-LangSmithPodSecurityContext -Chart $chart", "ChartTooOld", "Chart 0.99.0 does not support commonPodSecurityContext")]
    public void What_cannot_be_done_for_it_is_one_error(string command, string id, string cause)
    {
        var result = _session.Run(command);

        Assert.Equal(id, result.ErrorId);
        Assert.Contains(cause, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.99.0", "Chart 0.99.0 is newer than the versions that this module knows; it is treated as 0.17.0-rc.12.")]
    [InlineData("0.17.0-rc.11", "Chart 0.17.0-rc.11 is not known; it is treated as 0.17.0-rc.12.")]
    [InlineData("0.16.0-rc.3", "Chart 0.16.0-rc.3 is not known; it is treated as 0.16.0.")]
    [InlineData("0.13.8", "Chart 0.13.8 is not known; it is treated as 0.13.7.")]
    public void A_version_that_nobody_looked_at_is_worth_a_warning_with_every_cmdlet(string version, string warning)
    {
        Write("values.yaml", "postgres: {external: {enabled: true, existingSecretName: pg}}\n");
        foreach (var command in (string[])
        [
            "Get-LangSmithComponent", "Test-LangSmithHelmValues $file", $"Set-LangSmithIamAnnotations -RoleArn {Arn}", "Set-LangSmithPodSecurityContext",
            "New-LangSmithHelmValues u@h/d", "New-LangSmithPgPreflightJob -Path $file -ModuleInImage",
        ])
        {
            Assert.StartsWith(warning, Assert.Single(_session.Run($"{command} -ChartVersion {version}").Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_newest_stable_version_is_meant_where_nobody_names_one()
    {
        Write("values.yaml", "postgres: {external: {enabled: true, existingSecretName: pg}}\n");

        Assert.Equal("0.16.11", _session.Run("\"$((Test-LangSmithHelmValues $file).ChartVersion)\"").Single.BaseObject);
        Assert.Equal(
            _session.Run("(Get-LangSmithComponent -ChartVersion 0.16.11).Name").Output.Select(one => one.ToString()),
            _session.Run("(Get-LangSmithComponent).Name").Output.Select(one => one.ToString()));
    }

    [Fact]
    public void The_headline_names_the_version_that_was_used()
    {
        Write("values.yaml", "postgres: {external: {enabled: true, existingSecretName: pg}}\n");

        Assert.Contains("chart 0.17.0-rc.12 (in place of 0.99.0, which is not known)", _session.Show("Test-LangSmithHelmValues $file -ChartVersion 0.99.0"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -Common")]
    public void Accounts_that_the_chart_does_not_make_are_worth_a_warning(string how)
    {
        Write("values.yaml", "namespace: prod\nbackend:\n  serviceAccount:\n    create: false\n    name: langsmith-ksa\nplatformBackend:\n  serviceAccount: {create: false}\n");

        var warnings = _session.Run($"Set-LangSmithIamAnnotations -ClientId {ClientId} -ChartVersion 0.16.11 -Path $file{how}").Warnings;

        Assert.Equal(2, warnings.Count);
        Assert.EndsWith($"Run: kubectl annotate serviceaccount langsmith-ksa -n prod azure.workload.identity/client-id={ClientId} --overwrite", warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("platformBackend runs as the default service account of the namespace", warnings[1], StringComparison.Ordinal);
        Assert.Empty(_session.Run($"Set-LangSmithIamAnnotations -ClientId {ClientId} -ChartVersion 0.16.11 -Component queue -Path $file").Warnings);
    }

    [Theory]
    [InlineData("{create: false}", "default", 0)]
    [InlineData("{create: false, name: own}", "own", 0)]
    [InlineData("{name: own}", "own", 1)]
    public void A_job_makes_no_account_that_Helm_would_not_take_over(string account, string name, int made)
    {
        Write("values.yaml", $"namespace: prod\npostgres: {{external: {{enabled: true, existingSecretName: pg}}}}\nbackend: {{serviceAccount: {account}}}\n");

        var result = _session.Run("$job = New-LangSmithPgPreflightJob -Path $file -IncludeServiceAccount -ModuleInImage; $job.ServiceAccountName; $job | ConvertTo-LangSmithYaml");

        Assert.Equal(name, result.Output[0].ToString());
        Assert.Equal(made, result.Output[1].ToString().Split("kind: ServiceAccount").Length - 1);
        Assert.Equal(made == 1 ? [] : [$"The chart does not create the service account {name}, because backend.serviceAccount.create is false. The manifest does not create it either."], result.Warnings);
    }

    void Write(string name, string text)
    {
        var path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
