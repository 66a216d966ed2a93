using System.Text.Json;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Moves;

/// <summary>A move job from the values to what comes back: its own scripts, its mounts, real servers, pg_dump and pg_restore.</summary>
public sealed class MoveJobTests : IDisposable
{
    const string Password = "S3cr3t p@ss:w/o?r#d% [100]&+";
    const string Tools = "/usr/lib/postgresql/15/bin";

    // What New-LangSmithPgMoveJob knows of the release.
    const string Values = """
        namespace: prod
        postgres: {service: {port: PORT}, external: {enabled: false}}
        backend: {autoscaling: {hpa: {enabled: true}}}
        queue: {autoscaling: {keda: {enabled: true}}}
        insights: {enabled: false}
        polly: {enabled: false}
        fleet: {enabled: false}

        """;

    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();
    readonly string _work = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public MoveJobTests()
    {
        _session.Set("folder", _folder.Path);
        _session.Set("password", Password);
    }

    // As in an image that has the module.
    static Dictionary<string, string> Image => new()
    {
        ["PSModulePath"] = Path.GetFullPath(Path.Join(Path.GetDirectoryName(BuildPaths.ModuleManifest), "..", "..")),
    };

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
        Directory.Delete(_work, recursive: true);
    }

    [Fact]
    public async Task The_pod_checks_copies_and_compares_and_its_log_becomes_the_report()
    {
        await using var server = await StartAsync();
        var objects = await ReadAsync(server);
        var log = "";
        foreach (var container in (string[])["check", "copy", "compare"])
        {
            using var pod = new PodOnDisk(objects, new Dictionary<string, string> { ["dump"] = _work }, container: container);
            var environment = container == "copy" ? new Dictionary<string, string> { ["PATH"] = $"{Tools}:/usr/bin:/bin" } : Image;
            var run = await pod.RunAsync(environment, new Dictionary<string, string> { ["langsmith-postgres"] = "127.0.0.1" });
            Assert.DoesNotContain(Password, run.Output + run.Errors, StringComparison.Ordinal);
            Assert.True(run.ExitCode == 0, $"{container}: {run.Output}{run.Errors}");
            // As kubectl logs --prefix gives them.
            log += string.Concat(run.Output.Split('\n').Select(line => $"[pod/langsmith-pg-move-x7k2p/{container}] {line}\n"));
        }

        _session.Set("lines", log.Split('\n'));
        var moved = _session.Run("$lines | Receive-LangSmithPgMove -OutVariable moved");
        moved.ThrowIfFailed();
        Assert.True((bool)moved.Single.Properties["IsMoved"].Value, log);
        Assert.Equal(["check", "versions", "sessions", "target", "dump", "extensions", "restore", "analyze", "copy", "compare"], Texts("$moved.Steps.Name"));
        Assert.Equal(["equal"], Texts("$moved.Comparison.Verdict"));
        Assert.Contains("Moved.\n", _session.Show("$moved"), StringComparison.Ordinal);

        // Its reports, as files and from another machine.
        _session.Run("$moved | Export-LangSmithPgReport $folder/move.json; $moved | Export-LangSmithPgReport $folder/move.html").ThrowIfFailed();
        Assert.Contains("Move.Copy", File.ReadAllText(Path.Join(_folder.Path, "move.json")), StringComparison.Ordinal);
        _session.Run("$back = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($moved[0])); $back | Export-LangSmithPgReport $folder/back.json").ThrowIfFailed();
        Assert.Contains("Moved.\n", _session.Show("$back"), StringComparison.Ordinal);
        Assert.Equal(Findings("move.json"), Findings("back.json"));
    }

    [Fact]
    public async Task What_stands_in_the_way_ends_the_pod_before_the_copy()
    {
        await using var server = await StartAsync("CREATE TABLE left_over (id int)");
        var objects = await ReadAsync(server);
        using var pod = new PodOnDisk(objects, new Dictionary<string, string> { ["dump"] = _work }, container: "check");
        var services = new Dictionary<string, string> { ["langsmith-postgres"] = "127.0.0.1" };
        var run = await pod.RunAsync(Image, services);

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        _session.Set("lines", run.Output.Split('\n'));
        Assert.Equal(["not moved: check"], Texts("($lines | Receive-LangSmithPgMove -OutVariable moved).Verdict"));
        Assert.Contains("Move.TargetEmpty", Texts("$moved.Check.Problems.Id"));
        Assert.Contains("Do not switch LangSmith to the target.", _session.Show("$moved"), StringComparison.Ordinal);

        // What an earlier run has left there, the copy empties.
        Directory.CreateDirectory(Path.Join(_work, "langsmith"));
        File.WriteAllText(Path.Join(_work, "langsmith", "restoring"), "");
        var again = await pod.RunAsync(Image, services);
        Assert.True(again.ExitCode == 0, again.Output + again.Errors);

        // The comparison finds what is not the same.
        using var compare = new PodOnDisk(objects, new Dictionary<string, string> { ["dump"] = _work }, container: "compare");
        var different = await compare.RunAsync(Image, services);
        Assert.Equal((1, ""), (different.ExitCode, different.Errors));
        _session.Set("lines", (again.Output + different.Output).Split('\n'));
        Assert.Equal(["not moved: compare"], Texts("($lines | Receive-LangSmithPgMove).Verdict"));

        // Without its Secret, the pod still says what is missing.
        using var without = new PodOnDisk(objects.Where(one => one.GetProperty("metadata").GetProperty("name").GetString() != "postgres-secret"), new Dictionary<string, string> { ["dump"] = _work }, container: "check");
        var missing = await without.RunAsync(Image, services);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("TARGET_URL is not set", missing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_steps_name_everything_that_has_to_be_stopped_and_started()
    {
        File.WriteAllText(Path.Join(_folder.Path, "values.yaml"), Values.Replace("PORT", "5432", StringComparison.Ordinal));
        var steps = Texts("(New-LangSmithPgMoveJob $folder/values.yaml -ChartVersion 0.16.11 -ModuleInImage).NextSteps").Single();
        foreach (var line in (string[])
            [
                "| LangSmith | `langsmith-postgres` | Secret `postgres-secret`, key `connection_url` | claim `data-langsmith-postgres-0` |",
                "kubectl annotate scaledobject.keda.sh langsmith-queue -n prod autoscaling.keda.sh/paused-replicas=0 --overwrite",
                "kubectl scale -n prod --replicas=0 deployment/langsmith-backend deployment/langsmith-ingest-queue deployment/langsmith-platform-backend",
                "kubectl logs -n prod -l langsmithpg/move=langsmith-pg-move --all-containers --tail=-1 --prefix | Receive-LangSmithPgMove",
                "    existingSecretName: postgres-secret",
                "From chart 0.14.0 on, Helm runs the migrations before it changes anything else.",
                "kubectl scale -n prod --replicas=3 deployment/langsmith-ingest-queue deployment/langsmith-platform-backend",
                "kubectl scale -n prod --replicas=2 deployment/langsmith-backend",
                "kubectl annotate scaledobject.keda.sh langsmith-queue -n prod autoscaling.keda.sh/paused-replicas-",
                "helm rollback langsmith -n prod",
                "kubectl delete pvc -n prod data-langsmith-postgres-0",
            ])
        {
            Assert.Contains(line, steps, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("From chart 0.14.0 on", Texts("(New-LangSmithPgMoveJob $folder/values.yaml -ChartVersion 0.13.20 -ModuleInImage).NextSteps").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "postgres-secret/connection_url")]
    [InlineData("-TargetSecretName mine", "mine/connection_url")]
    [InlineData("-TargetPath $folder/new.yaml", "own/url")]
    public void The_target_is_in_the_Secret_that_was_named(string arguments, string secret)
    {
        WriteValues("postgres: {external: {enabled: true, existingSecretName: own, connectionUrlSecretKey: url}}");
        Assert.Equal([secret], Texts($"\"$((New-LangSmithPgMoveJob $folder/values.yaml -ModuleInImage {arguments}).Databases.Target)\""));
        Assert.Equal([secret], Texts($"\"$(('postgres: {{}}', 'insights: {{enabled: false}}', 'polly: {{enabled: false}}' | New-LangSmithPgMoveJob -ModuleInImage {arguments}).Databases.Target)\""));
    }

    [Theory]
    [InlineData("postgres: {external: {enabled: true, connectionUrl: u:p@h/d}}", "TargetSecretMissing")]
    [InlineData("postgres: {external: {enabled: true, existingSecretName: s, iamAuthProvider: azure}}", "TargetUsesIdentity")]
    [InlineData("postgres: {external: {enabled: false}}", "NoExternalPostgres")]
    public void A_target_that_the_job_cannot_use_is_refused(string target, string id)
    {
        WriteValues(target);
        var result = _session.Run("New-LangSmithPgMoveJob $folder/values.yaml -TargetPath $folder/new.yaml -ModuleInImage");
        Assert.Equal(id, result.ErrorId);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("New-LangSmithPgMoveJob $folder/new.yaml -ModuleInImage", "NoPostgresInCluster")]
    [InlineData("New-LangSmithPgMoveJob $folder/both.yaml -TargetSecretName s -ModuleInImage", "SeveralTargets")]
    [InlineData("New-LangSmithPgMoveJob $folder/values.yaml -TargetSecretName s -TargetPath $folder/new.yaml -ModuleInImage", "TargetPathAndSecret")]
    [InlineData("New-LangSmithPgMoveJob $folder/values.yaml -Name 'A B' -ModuleInImage", "InvalidName")]
    [InlineData("'noise' | Receive-LangSmithPgMove", "NoMoveResult")]
    [InlineData("Receive-LangSmithPgMove -Path $folder/nowhere.log", "FileNotFound")]
    public void What_cannot_be_is_one_error(string script, string id)
    {
        WriteValues("postgres: {external: {enabled: true, existingSecretName: own}}\ninsights: {enabled: false}\npolly: {enabled: false}\nfleet: {enabled: false}");
        File.WriteAllText(Path.Join(_folder.Path, "both.yaml"), "fleet: {enabled: true}");
        var result = _session.Run(script);
        Assert.Equal(id, result.ErrorId);
        Assert.Empty(result.Output);
    }

    void WriteValues(string target)
    {
        File.WriteAllText(Path.Join(_folder.Path, "values.yaml"), Values.Replace("PORT", "5432", StringComparison.Ordinal));
        File.WriteAllText(Path.Join(_folder.Path, "new.yaml"), target);
    }

    List<string> Findings(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Join(_folder.Path, file)));
        return [.. json.RootElement.GetProperty("databases").EnumerateArray().SelectMany(one => one.GetProperty("findings").EnumerateArray()).Select(one => $"{one.GetProperty("id")} {one.GetProperty("status")} {one.GetProperty("message")}")];
    }

    // Two databases of one server, which stand for the one in the cluster and the other.
    static async Task<PostgresServer> StartAsync(string? inTarget = null)
    {
        Assert.SkipUnless(File.Exists(Path.Join(Tools, "pg_dump")), $"pg_dump 15 is not in {Tools}.");
        var server = await PostgresServer.StartAsync(new()
        {
            Major = 15,
            InitStatements = [$"CREATE ROLE langsmith LOGIN PASSWORD '{Password}'", "CREATE DATABASE source OWNER langsmith", "CREATE DATABASE target OWNER langsmith"],
        });
        try
        {
            await FillAsync(server, "source", "CREATE TABLE runs (id int PRIMARY KEY, name text); INSERT INTO runs SELECT i, md5(i::text) FROM generate_series(1, 100) i");
            if (inTarget is not null)
            {
                await FillAsync(server, "target", inTarget);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    static async Task FillAsync(PostgresServer server, string database, string sql)
    {
        var filled = await Pwsh.RunProgramAsync(
            Path.Join(Tools, "psql"), ["-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-h", server.Host, "-p", $"{server.Port}", "-U", "langsmith", "-d", database, "-c", sql],
            Path.GetTempPath(), new Dictionary<string, string> { ["PGPASSWORD"] = Password });
        Assert.True(filled.ExitCode == 0, filled.Errors);
    }

    // The objects of the cluster: the job, and the Secrets of the source and of the target.
    async Task<IReadOnlyList<JsonElement>> ReadAsync(PostgresServer server)
    {
        File.WriteAllText(Path.Join(_folder.Path, "values.yaml"), Values.Replace("PORT", $"{server.Port}", StringComparison.Ordinal));
        var result = _session.Run($$"""
            $target = New-LangSmithPgConnectionString 127.0.0.1 target -Port {{server.Port}} -UserName langsmith -Password $password -SslMode Disable
            New-LangSmithPgMoveJob $folder/values.yaml -ModuleInImage -WorkVolumeClaim dump | ConvertTo-LangSmithYaml
            $target | New-LangSmithPgSecret -Namespace prod | ConvertTo-LangSmithYaml
            """);
        result.ThrowIfFailed();
        var source = JsonSerializer.Serialize(new
        {
            apiVersion = "v1", kind = "Secret", metadata = new { name = "langsmith-postgres" },
            stringData = new { postgres_user = "langsmith", postgres_password = Password, postgres_db = "source" },
        });
        return await Kubectl.ReadAsync(string.Join("\n---\n", [.. result.Output.Select(text => (string)text.BaseObject), source]));
    }

    List<string> Texts(string script)
    {
        var result = _session.Run(script);
        result.ThrowIfFailed();
        return [.. result.Output.Select(text => text.BaseObject.ToString()!)];
    }
}
