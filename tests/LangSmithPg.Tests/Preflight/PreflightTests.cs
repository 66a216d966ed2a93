using System.Text.Json;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Preflight;

/// <summary>The preflight job from the manifest to what comes back: its own script in PowerShell itself, its mounts, a real server.</summary>
public sealed class PreflightTests(LiveServer server) : IDisposable
{
    const string Findings = "$input.Findings.ForEach({ \"$($_.Id) $($_.Status) $($_.Fix)\" })";

    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    // As in an image that has the module.
    static Dictionary<string, string> Image => new()
    {
        ["PSModulePath"] = Path.GetFullPath(Path.Join(Path.GetDirectoryName(BuildPaths.ModuleManifest), "..", "..")),
    };

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_pod_finds_what_the_admin_finds_with_certificates_and_the_module_out_of_the_manifest()
    {
        await using var mtls = await MtlsServer.StartAsync(18);
        _session.Set("material", mtls.Folder);
        _session.Set("password", MtlsServer.Password);
        var objects = await ReadAsync($$"""
            $connection = New-LangSmithPgConnectionString localhost langsmith -Port {{mtls.Port}} -UserName app -Password $password -UseSystemRootCertificate
            $ca = New-LangSmithCaSecret $material/ca.crt
            $client = New-LangSmithMtlsSecret $material/both.pem
            $job = $connection | New-LangSmithHelmValues -CaSecret $ca -ClientCertificateSecret $client | Set-LangSmithPodSecurityContext | New-LangSmithPgPreflightJob -Rehearse
            $job, $ca, $client, ($connection | New-LangSmithPgSecret)
            """);
        using var pod = new PodOnDisk(objects);

        var run = await pod.RunAsync();

        Assert.DoesNotContain(MtlsServer.Password, run.Output + run.Errors, StringComparison.Ordinal);
        Assert.Equal("", run.Errors);
        var here = Texts($"$connection | Test-LangSmithPgReadiness -CaCertificate $ca -ClientCertificate $client -Rehearse | & {{ {Findings} }}");
        Assert.Contains(here, line => line.StartsWith("Tls.ClientCertificate Pass", StringComparison.Ordinal));
        Assert.Equal(here, Receive(run.Output));
        Assert.Equal((bool)_session.Run("$report.IsReady").Single.BaseObject ? 0 : 1, run.ExitCode);

        // The other forms of kubectl logs, and a log that several pods wrote at a time.
        var lines = run.Output.Split('\n').Select(line => $"[pod/langsmith-pg-preflight-x7k2p/preflight] 2026-11-25T19:02:03.123456789Z {line}\r");
        Assert.Equal(here, Receive(string.Join('\n', lines)));
        Assert.Equal(here, Receive("\uFEFFnoise\n" + run.Output.Replace("\n", "\nWARNING: more noise\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_comes_back_looks_and_is_exported_as_what_was_found_here()
    {
        using var pod = new PodOnDisk(await ReadAsync($"{Ready()}; ($connection | New-LangSmithPgPreflightJob -ModuleInImage), ($connection | New-LangSmithPgSecret)"));
        var run = await pod.RunAsync(Image);
        _session.Set("log", run.Output);

        // The server counts sessions that are just ending, too.
        string[] Lines(string shown) => [.. shown.Split('\n').Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"\d+ (?=ms|more connections)", "… ").TrimEnd())];
        var here = Lines(_session.Show("$connection | Test-LangSmithPgReadiness"));
        Assert.Equal(here, Lines(_session.Show("$log | Receive-LangSmithPgPreflight")));
        Assert.StartsWith(here.First(line => line.Length > 0).Split("   ")[0], run.Output, StringComparison.Ordinal);

        _session.Set("folder", _folder);
        _session.Run("$log | Receive-LangSmithPgPreflight | Export-LangSmithPgReport $folder/pod.json").ThrowIfFailed();
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Join(_folder, "pod.json")));
        var database = report.RootElement.GetProperty("databases").EnumerateArray().Single();
        Assert.Equal(database.GetProperty("isReady").GetBoolean() ? 0 : 1, run.ExitCode);
        Assert.Equal("owner", database.GetProperty("userName").GetString());
        _session.Run("""
            $wire = [Management.Automation.PSSerializer]::Serialize(($log | Receive-LangSmithPgPreflight), 1)
            [Management.Automation.PSSerializer]::Deserialize($wire) | Export-LangSmithPgReport $folder/back.json
            """).ThrowIfFailed();
        using var back = JsonDocument.Parse(File.ReadAllText(Path.Join(_folder, "back.json")));
        Assert.Equal(database.ToString(), back.RootElement.GetProperty("databases").EnumerateArray().Single().ToString());
    }

    [Fact]
    public async Task Every_database_of_a_release_is_tested_as_its_pods_connect()
    {
        _session.Set("folder", _folder);
        File.WriteAllText(Path.Join(_folder, "values.yaml"), $$"""
            postgres: {external: {enabled: true, existingSecretName: postgres-secret} }
            fleet: {enabled: true, postgres: {external: {enabled: true, existingSecretName: fleet-postgres-secret} } }
            polly: {postgres: {external: {enabled: true, existingSecretName: polly-postgres-secret} } }
            smithdb:
              enabled: true
              config:
                existingSecretName: smithdb-secret
                metastore: {hostSecretKey: postgres_host, databaseSecretKey: postgres_db, usernameSecretKey: postgres_user, passwordSecretKey: postgres_password, port: {{server.Port}}, useSsl: true}
            """);
        var objects = await ReadAsync($$"""
            {{Ready()}}
            $all = 'LangSmith', 'Fleet', 'Polly', 'SmithDbMetastore' | ForEach-Object { New-LangSmithPgConnectionString {{server.Arguments("owner", "ready")}} -Purpose $_ }
            New-LangSmithPgPreflightJob -Path $folder/values.yaml -ModuleInImage -ChartVersion 0.16.11 -OutVariable job
            $all | New-LangSmithPgSecret
            """);
        var databases = Texts("$job.Databases.ForEach({ \"$($_.Purpose) $($_.JobName)\" })");
        Assert.Equal(
            ["LangSmith langsmith-pg-preflight", "Fleet langsmith-pg-preflight-fleet", "Polly langsmith-pg-preflight-polly", "SmithDbMetastore langsmith-pg-preflight-smithdbmetastore"], databases);

        List<string> logs = [];
        foreach (var job in databases.Select(one => one.Split(' ')[1]))
        {
            using var pod = new PodOnDisk(objects, job: job);
            var run = await pod.RunAsync(Image);
            Assert.Equal("", run.Errors);
            Assert.DoesNotContain(LiveServer.Password, run.Output, StringComparison.Ordinal);
            logs.Add(string.Join('\n', run.Output.Split('\n').Select(line => $"[pod/{job}-x7k2p/preflight] {line}")));
        }

        const string Shown = "ForEach({ $purpose = $_.Purpose; $_.Findings.ForEach({ \"$purpose $($_.Id) $($_.Status) $($_.Fix)\" }) })";
        _session.Set("log", string.Join('\n', logs));
        var received = Texts($"@($log | Receive-LangSmithPgPreflight).{Shown}");
        Assert.Equal(Texts($"@($all | Test-LangSmithPgReadiness -Ordered).{Shown}"), received);
        Assert.Contains(received, line => line.StartsWith("SmithDbMetastore ", StringComparison.Ordinal));

        // A database that left no result is not ready, and says so.
        _session.Set("log", string.Join('\n', logs.Where(log => !log.Contains("preflight-fleet", StringComparison.Ordinal))));
        Assert.Equal(
            ["LangSmith", "Polly", "SmithDbMetastore", "Fleet"],
            Texts("($log | Receive-LangSmithPgPreflight -OutVariable report).ForEach({ \"$($_.Purpose)\" })"));
        Assert.Equal("False not known Connection Unknown", Texts("$report[-1].ForEach({ \"$($_.IsReady) $($_.Verdict) $($_.Findings.Id) $($_.Findings.Status)\" })").Single());
    }

    [Fact]
    public async Task A_connection_of_another_purpose_makes_a_job_for_it_and_what_lacks_is_told_by_key()
    {
        var objects = (await ReadAsync($$"""
            {{Ready()}}
            $metastore = New-LangSmithPgConnectionString {{server.Arguments("owner", "ready")}} -Purpose SmithDbMetastore
            $metastore | New-LangSmithPgPreflightJob -ModuleInImage
            $metastore | New-LangSmithPgSecret
            """)).ToList();
        using (var pod = new PodOnDisk(objects))
        {
            var run = await pod.RunAsync(Image);
            Assert.Equal(Texts($"$metastore | Test-LangSmithPgReadiness | & {{ {Findings} }}"), Receive(run.Output));
        }

        using var withoutSecret = new PodOnDisk(objects.Where(one => one.GetProperty("kind").GetString() != "Secret"));
        var (exitCode, output, _) = await withoutSecret.RunAsync(Image);
        Assert.Equal(2, exitCode);
        Assert.Contains("New-LangSmithPgSecret -Purpose SmithDbMetastore", Receive(output).Single(), StringComparison.Ordinal);
        Assert.Equal("SmithDbMetastore Secret smithdb-secret, keys postgres_host, postgres_db, postgres_user, postgres_password", Texts("$report.ForEach({ \"$($_.Purpose) $($_.Target)\" })").Single());
    }

    [Fact]
    public async Task A_URL_that_an_agent_s_pods_cannot_read_is_a_finding()
    {
        var objects = await ReadAsync("""
            'owner:N33dle@h/d' | New-LangSmithPgPreflightJob -Purpose Fleet -ModuleInImage
            [LangSmithPg.Kubernetes.KubernetesSecret]::new('fleet-postgres-secret', [NullString]::Value, [LangSmithPg.Kubernetes.SecretEntry[]]@(
                [LangSmithPg.Kubernetes.SecretEntry]::new('postgres_connection_url', [LangSmithPg.Common.Secret]::From('owner:N33dle@h/d'))))
            """);
        using var pod = new PodOnDisk(objects);

        var run = await pod.RunAsync(Image);

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.DoesNotContain("N33dle", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("Preflight.SchemeMissing Fail Create the Secret with New-LangSmithPgSecret -Purpose Fleet", Receive(run.Output).Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no Secret at all", "Preflight.SecretMissing", 2)]
    [InlineData("another key", "Preflight.SecretMissing", 2)]
    [InlineData("a wrong password", "Connection", 1)]
    [InlineData("nobody listens", "Connection", 1)]
    [InlineData("no connection string", "Preflight.EmptyHost", 2)]
    [InlineData("authorities missing", "Preflight.FileMissing", 2)]
    [InlineData("authorities that are none", "Preflight.CertificateMissing", 2)]
    public async Task What_is_wrong_is_a_finding_that_says_what_to_do(string what, string id, int exitCode)
    {
        var (job, secrets) = what switch
        {
            "no Secret at all" => ("$values", ""),
            "another key" => ("$values", ", ($connection | New-LangSmithPgSecret -Key url)"),
            "a wrong password" => ("$values", $", (New-LangSmithPgConnectionString localhost ready -Port {server.Port} -UserName owner -Password Wr0ng-needle | New-LangSmithPgSecret)"),
            "nobody listens" => ("$values", ", (New-LangSmithPgConnectionString localhost ready -Port 1 -UserName owner -Password Wr0ng-needle | New-LangSmithPgSecret)"),
            "no connection string" => ("$values", ", $noText"),
            "authorities missing" => ("$trusting", ", ($connection | New-LangSmithPgSecret)"),
            _ => ("$trusting", ", ($connection | New-LangSmithPgSecret), $noCertificate"),
        };
        var objects = await ReadAsync($$$"""
            {{{Ready()}}}
            $values = $connection | New-LangSmithHelmValues
            $folder = '{{{_folder}}}'
            [IO.File]::WriteAllText(
                "$folder/trusting.yaml", "postgres: {external: {enabled: true, existingSecretName: postgres-secret, customTls: true}}`nconfig: {customCa: {secretName: my-ca, secretKey: ca.crt}}")
            $noText = [LangSmithPg.Kubernetes.KubernetesSecret]::new('postgres-secret', [NullString]::Value, [LangSmithPg.Kubernetes.SecretEntry[]]@(
                [LangSmithPg.Kubernetes.SecretEntry]::new('connection_url', [LangSmithPg.Common.Secret]::From('owner:Wr0ng-needle@/ready'))))
            $noCertificate = [LangSmithPg.Kubernetes.KubernetesSecret]::new('my-ca', [NullString]::Value, [LangSmithPg.Kubernetes.SecretEntry[]]@(
                [LangSmithPg.Kubernetes.SecretEntry]::new('ca.crt', [LangSmithPg.Common.Secret]::From('no PEM'))))
            $job = {{{(job == "$values" ? "$values | New-LangSmithPgPreflightJob -ModuleInImage -TimeoutSeconds 5" : "New-LangSmithPgPreflightJob -Path $folder/trusting.yaml -ModuleInImage")}}}
            @($job{{{secrets}}})
            """);
        using var pod = new PodOnDisk(objects);

        var run = await pod.RunAsync(Image);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Errors));
        Assert.DoesNotContain("needle", run.Output, StringComparison.OrdinalIgnoreCase);
        _session.Set("log", run.Output);
        var failed = _session.Run("($log | Receive-LangSmithPgPreflight).Findings.Where({ $_.Status -eq 'Fail' })").Single;
        Assert.Equal(id, failed.Properties["Id"].Value);
        Assert.False(string.IsNullOrWhiteSpace($"{failed.Properties["Fix"].Value}"), "There is no fix.");
    }

    [Fact]
    public async Task With_an_identity_the_module_brings_what_gets_tokens_and_the_advice_is_for_pods()
    {
        var objects = await ReadAsync("""
            $connection = New-LangSmithPgConnectionString localhost langsmith -UserName identity -IamAuthProvider Azure
            $connection | New-LangSmithPgPreflightJob -TimeoutSeconds 120; $connection | New-LangSmithPgSecret
            """);
        using var pod = new PodOnDisk(objects);

        var run = await pod.RunAsync();

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        var finding = Receive(run.Output).Single();
        Assert.StartsWith("Connection Fail ", finding, StringComparison.Ordinal);
        Assert.Contains("Set-LangSmithIamAnnotations", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_values_make_the_same_manifest_and_carry_the_clouds_libraries_only_for_tokens()
    {
        var texts = Texts("""
            $password = New-LangSmithPgConnectionString db.example.com langsmith -UserName app -Password x
            $identity = New-LangSmithPgConnectionString db.example.com langsmith -UserName app -IamAuthProvider Aws
            $password, $password, $identity | ForEach-Object { $_ | New-LangSmithPgPreflightJob | ConvertTo-LangSmithYaml }
            """);
        Assert.Equal(texts[0], texts[1]);
        Assert.InRange(texts[0].Length, 1_000_000, texts[2].Length - 2_000_000);
    }

    [Fact]
    public async Task Several_values_make_jobs_of_their_own_that_one_selector_finds()
    {
        // In one namespace, as kubectl apply leaves them.
        var objects = (await ReadAsync($$"""
            {{Ready()}}
            $fleet = New-LangSmithPgConnectionString {{server.Arguments("owner", "ready")}} -Purpose Fleet
            $polly = New-LangSmithPgConnectionString {{server.Arguments("owner", "ready")}} -Purpose Polly
            $jobs = $connection, $fleet, $polly, $polly, $polly | ForEach-Object { $_ | New-LangSmithHelmValues } |
                New-LangSmithPgPreflightJob -Namespace prod -ModuleVolumeClaim modules -Name pre
            $jobs
            """)).ToList();
        var named = objects.ToLookup(one => $"{one.GetProperty("kind")} {one.GetProperty("metadata").GetProperty("name")}");
        Assert.All(named, one => Assert.Single(one));
        string[] names = ["pre", "pre-fleet", "pre-polly", "pre-polly-2", "pre-polly-3"];
        Assert.Equal(names, Texts("$jobs.Name"));
        Assert.Equal(names.SelectMany(name => (string[])[$"ConfigMap {name}", $"Job {name}"]), named.Select(one => one.Key).Order(StringComparer.Ordinal).OrderBy(key => key.Split(' ')[1], StringComparer.Ordinal));
        Assert.All(objects, one => Assert.Equal("pre", one.GetProperty("metadata").GetProperty("labels").GetProperty("langsmithpg/preflight").GetString()));
        Assert.All(objects.Where(one => one.GetProperty("kind").GetString() == "Job"), one =>
        {
            var pod = one.GetProperty("spec").GetProperty("template");
            Assert.Equal("pre", pod.GetProperty("metadata").GetProperty("labels").GetProperty("langsmithpg/preflight").GetString());
            Assert.Equal(
                one.GetProperty("metadata").GetProperty("name").GetString(),
                pod.GetProperty("spec").GetProperty("volumes")[0].GetProperty("projected").GetProperty("sources")[0].GetProperty("configMap").GetProperty("name").GetString());
        });

        // The commands are the same for all of them.
        Assert.Equal(
            [
                "kubectl wait -n prod job -l langsmithpg/preflight=pre --for=jsonpath='{.status.conditions[0].status}'=True --timeout=11m",
                "kubectl logs -n prod -l langsmithpg/preflight=pre --all-containers --tail=-1 --prefix | Receive-LangSmithPgPreflight",
                "kubectl delete -n prod job,configmap -l langsmithpg/preflight=pre",
            ],
            Texts("$jobs.ForEach({ $_.Commands }) | Where-Object { $_ -notlike 'kubectl apply*' }").Distinct());
    }

    [Fact]
    public void A_name_that_a_job_of_earlier_values_has_is_not_given_again() => Assert.Equal(
        "pre, pre-polly, pre-polly-2",
        Texts("""
            $own = New-LangSmithPgConnectionString h d -UserName u -Password x | New-LangSmithHelmValues
            $polly = New-LangSmithPgConnectionString h d -UserName u -Password x -Purpose Polly | New-LangSmithHelmValues
            ($own.With($polly), $polly | New-LangSmithPgPreflightJob -ModuleInImage -Name pre).Databases.JobName -join ', '
            """).Single());

    [Fact]
    public async Task Parts_of_another_module_are_not_loaded()
    {
        var objects = (await ReadAsync($"{Ready()}; $connection | New-LangSmithPgPreflightJob; $connection | New-LangSmithPgSecret")).ToList();
        using var pod = new PodOnDisk(objects);
        File.AppendAllText(pod["/preflight/module.zip.01"], "x");

        var run = await pod.RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Preflight.ModuleNotLoaded Fail", Receive(run.Output).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_module_comes_from_the_folder_of_a_volume()
    {
        var modules = Path.GetFullPath(Path.Join(Path.GetDirectoryName(BuildPaths.ModuleManifest), ".."));
        await AssertAsksAsync("-ModuleVolumeClaim tools", new Dictionary<string, string> { ["tools"] = modules });
    }

    [Fact]
    public async Task The_module_comes_as_a_package_from_a_volume_and_from_a_repository()
    {
        var published = await Pwsh.RunAsync(
            $"""
            Register-PSResourceRepository -Name feed -Uri '{_folder}' -Trusted
            Publish-PSResource -Path '{Path.GetDirectoryName(BuildPaths.ModuleManifest)}' -Repository feed -SkipDependenciesCheck
            """,
            _folder, new Dictionary<string, string> { ["HOME"] = _folder });
        Assert.Equal((0, ""), (published.ExitCode, published.Errors));
        Assert.Single(Directory.GetFiles(_folder, "LangSmithPg.*.nupkg"));

        await AssertAsksAsync("-ModuleVolumeClaim tools", new Dictionary<string, string> { ["tools"] = _folder });
        await AssertAsksAsync($"-ModuleRepository file://{_folder}", new Dictionary<string, string>());
    }

    // The pod asks the server, whatever it is told.
    async Task AssertAsksAsync(string module, Dictionary<string, string> claims)
    {
        using var pod = new PodOnDisk(await ReadAsync($"{Ready()}; $connection | New-LangSmithPgPreflightJob {module}; $connection | New-LangSmithPgSecret"), claims);
        var run = await pod.RunAsync();
        Assert.Equal("", run.Errors);
        Assert.Equal(Texts($"$connection | Test-LangSmithPgReadiness | & {{ {Findings} }}"), Receive(run.Output));
    }

    string Ready()
    {
        _session.Set("password", LiveServer.Password);
        return $"$connection = New-LangSmithPgConnectionString {server.Arguments("owner", "ready")}";
    }

    // What the objects of a script are once kubectl has read them.
    async Task<IReadOnlyList<JsonElement>> ReadAsync(string script)
    {
        var result = _session.Run($"@(. {{ {script} }}) | ConvertTo-LangSmithYaml");
        result.ThrowIfFailed();
        return await Kubectl.ReadAsync(string.Join('\n', result.Output.Select(text => (string)text.BaseObject)));
    }

    List<string> Receive(string log)
    {
        _session.Set("lines", log.Split('\n'));
        return Texts($"$lines | Receive-LangSmithPgPreflight -OutVariable report | & {{ {Findings} }}");
    }

    List<string> Texts(string script)
    {
        var result = _session.Run(script);
        result.ThrowIfFailed();
        return [.. result.Output.Select(text => (string)text.BaseObject)];
    }
}
