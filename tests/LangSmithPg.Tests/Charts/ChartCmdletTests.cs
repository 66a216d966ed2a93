using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Charts;

public sealed class ChartCmdletTests : IDisposable
{
    const string Arn = "arn:aws:iam::123456789012:role/langsmith";
    const string ClientId = "0e4f8ecf-0000-4000-8000-000000000001";

    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public ChartCmdletTests() => _session.Set("folder", _folder);

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Components_are_a_table()
    {
        var lines = _session.Show("Get-LangSmithComponent -ChartVersion 0.16.11").Split('\n');

        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, ModuleSession.Width));
        Assert.Contains("backend.migrations            Job        yes backend  backend.migrations.enabled", lines.Select(line => line.TrimEnd()));
        Assert.Contains("fleet.queue                   Deployment no  own      fleet.enabled and fleet.queue.enabled", lines.Select(line => line.TrimEnd()));
    }

    [Fact]
    public void Components_are_objects_with_the_paths_that_take_effect()
    {
        var result = _session.Run("Get-LangSmithComponent | Where-Object Kind -EQ Job | ForEach-Object { \"$($_.Name) $($_.Labels) $($_.ServiceAccount.Annotations)\" }");

        Assert.Empty(result.Warnings);
        Assert.Contains("backend.backfillCheck backend.backfillCheck.labels backend.serviceAccount.annotations", result.Output.Select(one => one.ToString()));
    }

    [Fact]
    public void A_version_is_completed_and_so_are_its_components()
    {
        Assert.Equal("0.17.0-rc.12", _session.Complete("Get-LangSmithComponent -ChartVersion ")[0]);
        Assert.Equal(["0.14.6", "0.14.5"], _session.Complete("Set-LangSmithPodSecurityContext -ChartVersion 0.14.")[..2]);
        Assert.Equal(["backend.e2eTest"], _session.Complete("Set-LangSmithIamAnnotations -ChartVersion 0.13.0 -Component backend.e"));
        Assert.Equal(["e2eTest"], _session.Complete("Set-LangSmithIamAnnotations -ChartVersion 0.12.34 -Component e2"));
        Assert.Equal(["platformBackend"], _session.Complete("Set-LangSmithIamAnnotations -Component pla"));
        Assert.Equal(["platformBackend", "playground"], _session.Complete("Set-LangSmithPodSecurityContext -PerPod -Component pla"));
    }

    [Fact]
    public void The_whole_way_from_the_connection_to_yaml()
    {
        var yaml = (string)_session.Run($"""
            New-LangSmithPgConnectionString db.example.com langsmith -UserName id -IamAuthProvider Azure |
                New-LangSmithHelmValues |
                Set-LangSmithIamAnnotations -ClientId {ClientId} -ChartVersion 0.16.11 -Component backend, backend.migrations |
                Set-LangSmithPodSecurityContext -ChartVersion 0.16.11 |
                ConvertTo-LangSmithYaml
            """).Single.BaseObject;

        Assert.Equal(
            $"""
            postgres:
              external:
                enabled: true
                existingSecretName: postgres-secret
                iamAuthProvider: azure
            backend:
              serviceAccount:
                annotations:
                  azure.workload.identity/client-id: "{ClientId}"
              deployment:
                labels:
                  azure.workload.identity/use: "true"
              migrations:
                labels:
                  azure.workload.identity/use: "true"
            commonPodSecurityContext:
              fsGroup: 1000
            """.ReplaceLineEndings("\n"), yaml);
    }

    [Fact]
    public void Values_need_not_come_from_a_pipeline()
    {
        Assert.Equal(
            "commonAnnotations:\n  eks.amazonaws.com/role-arn: \"" + Arn + "\"",
            _session.Run($"Set-LangSmithIamAnnotations -RoleArn {Arn} -Common | ConvertTo-LangSmithYaml").Single.BaseObject);
        Assert.Equal(
            "backend:\n  deployment:\n    podSecurityContext:\n      fsGroup: 2000",
            _session.Run("Set-LangSmithPodSecurityContext -PerPod -Component backend -FsGroup 2000 | ConvertTo-LangSmithYaml").Single.BaseObject);
    }

    [Theory]
    [InlineData("backend*", 6)]
    [InlineData("*.queue", 3)]
    [InlineData("QUEUE", 1)]
    public void Components_are_chosen_by_pattern_and_without_regard_to_case(string pattern, int labels)
    {
        var yaml = (string)_session.Run($"Set-LangSmithIamAnnotations -ClientId {ClientId} -Component '{pattern}' -ChartVersion 0.16.0 | ConvertTo-LangSmithYaml").Single.BaseObject;
        Assert.Equal(labels, yaml.Split("azure.workload.identity/use: \"true\"").Length - 1);
    }

    [Theory]
    [InlineData("Get-LangSmithComponent -ChartVersion 0.11.0", "UnknownChart", "0.12.20")]
    [InlineData("Get-LangSmithComponent -ChartVersion newest", "InvalidValue", "not a version of the chart langsmith")]
    [InlineData($"Set-LangSmithIamAnnotations -RoleArn {Arn} -ChartVersion 0.12.33", "ChartTooOld", "chart 0.12.34 is the first that does")]
    [InlineData("Set-LangSmithPodSecurityContext -ChartVersion 0.12.27", "ChartTooOld", "chart 0.12.28 is the first that does")]
    [InlineData("Set-LangSmithPodSecurityContext -ChartVersion 0.12.28 -PerPod", "ChartTooOld", "documents it for chart 0.12.29 and later")]
    [InlineData($"Set-LangSmithIamAnnotations -RoleArn {Arn} -Component e2eTest -ChartVersion 0.13.0", "UnknownComponent", "e2eTest")]
    [InlineData($"Set-LangSmithIamAnnotations -RoleArn {Arn} -Component playground", "UnknownComponent", "playground")]
    [InlineData($"Set-LangSmithIamAnnotations -RoleArn {Arn} -Component backend -Common", "CommonIsForAll", "apply to all components")]
    [InlineData("Get-LangSmithComponent -ChartVersion 0.16.11 -Chart x.tgz", "AmbiguousParameterSet", "cannot be resolved")]
    [InlineData("Set-LangSmithIamAnnotations -RoleArn arn:aws:iam::123:role/x", "InvalidIdentity", "twelve digits")]
    [InlineData("Set-LangSmithIamAnnotations -ServiceAccount x@project.iam", "InvalidIdentity", "Add .gserviceaccount.com")]
    [InlineData("Set-LangSmithIamAnnotations -ClientId x", "InvalidIdentity", "client ID")]
    [InlineData("New-LangSmithPgConnectionString -HostName h -Database d -UserName u -IamAuthProvider Aws | New-LangSmithHelmValues | Set-LangSmithIamAnnotations -ClientId 0e4f8ecf-0000-4000-8000-000000000001", "OtherIamProvider", "set aws as the IAM provider")]
    public void What_cannot_be_done_is_one_error_with_its_cause(string script, string id, string cause)
    {
        var result = _session.Run(script);

        Assert.Empty(result.Output);
        Assert.Equal(id, result.ErrorId);
        Assert.Contains(cause, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter '", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_after_the_catalogue_is_worth_a_warning_and_taken_for_the_newest()
    {
        var result = _session.Run("Get-LangSmithComponent -ChartVersion v0.99.0");

        Assert.Contains("0.99.0 is newer", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(21, result.Output.Count);
    }

    [Fact]
    public void An_account_that_no_value_reaches_is_worth_a_warning()
    {
        var result = _session.Run($"Set-LangSmithIamAnnotations -RoleArn {Arn} -ChartVersion 0.13.4");
        Assert.Contains("backend.agentBootstrap", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(_session.Run($"Set-LangSmithIamAnnotations -RoleArn {Arn} -ChartVersion 0.13.4 -Common").Warnings);
    }

    [Fact]
    public void A_chart_folder_tells_its_components()
    {
        var chart = Directory.CreateDirectory(Path.Combine(_folder, "langsmith")).FullName;
        var templates = Directory.CreateDirectory(Path.Combine(chart, "templates")).FullName;
        File.WriteAllText(Path.Combine(chart, "Chart.yaml"), "version: 0.99.0");
        File.WriteAllText(Path.Combine(chart, "values.yaml"), "novel:\n  enabled: false\n  serviceAccount: {create: true}\n");
        File.WriteAllText(Path.Combine(templates, "novel.yaml"), """
            {{- if .Values.novel.enabled }}
            kind: Deployment
            metadata:
            spec:
              serviceAccountName: {{ include "novel.serviceAccountName" . }}
              securityContext: {{ .Values.novel.deployment.podSecurityContext }}
              env:
                - name: POSTGRES_DATABASE_URI
            {{- end }}
            {{- define "novel.serviceAccountName" }}{{ .Values.novel.serviceAccount.create }}{{ end }}
            """);

        var result = _session.Run("Get-LangSmithComponent -Chart $folder/langsmith -Verbose");

        Assert.Equal("novel novel.deployment.labels novel.serviceAccount.annotations False False", _session.Run(
            "[IO.DirectoryInfo]::new(\"$folder/langsmith\") | Get-LangSmithComponent | ForEach-Object { \"$_ $($_.Labels) $($_.ServiceAccount.Annotations) $($_.OnByDefault) $($_.IsKnown)\" }").Single.ToString());
        Assert.Contains("0.99.0", Assert.Single(result.Verbose), StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_values_file_tells_what_it_has_a_place_for_and_says_that_this_is_not_all()
    {
        File.WriteAllText(Path.Combine(_folder, "values.yaml"), "backend:\n  deployment: {labels: {}}\nnovel:\n  deployment: {}\n  serviceAccount: {}\n");

        var result = _session.Run("Get-LangSmithComponent -Chart $folder/values.yaml");

        Assert.Equal(["backend", "novel"], result.Output.Select(one => one.ToString()));
        Assert.Contains("neither the chart version nor which pods", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("novel                         Deployment ?   own", _session.Show("Get-LangSmithComponent -Chart $folder/values.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broken.yaml", "a: b: c", "column 5")]
    [InlineData("list.yaml", "- a", "not a map")]
    [InlineData("text.tgz", "text", "not an archive")]
    public void A_chart_that_cannot_be_read_is_an_error_for_it_alone(string name, string text, string cause)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);

        var result = _session.Run($"Get-LangSmithComponent -Chart $folder/{name}");

        Assert.Equal("ChartNotRead", result.ErrorId);
        Assert.Contains(cause, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("ChartNotRead", _session.Run("Get-LangSmithComponent -Chart $folder/missing.tgz").ErrorId);
        Assert.Equal("ChartNotRead", _session.Run("Get-LangSmithComponent -Chart $folder").ErrorId);
    }
}
