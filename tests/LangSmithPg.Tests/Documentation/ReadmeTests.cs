using System.Text.Json;
using System.Text.RegularExpressions;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sandbox.Tls;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Documentation;

/// <summary>The README, pasted as it stands: against real servers, with stand-ins that check what kubectl and helm are given.</summary>
public sealed class ReadmeTests(LiveServer live)
{
    const string Tour = "A quick tour";

    // As the README's own connection string has it; the cloud's tokens are this too.
    const string Password = "p@ss";

    /// <summary>Sections that are not pasted here, and why.</summary>
    static readonly Dictionary<string, string> NotPasted = new()
    {
        ["Move the data"] = "It needs pg_dump, which neither the SDK nor npm brings. Tests of the three cmdlets run them where it is installed.",
        ["Try it"] = "It builds the repository, which every test here needs built.",
    };

    // By the section that they belong to: what is pasted one after the other.
    static readonly string[] Pasted =
    [
        "One command", "Install", Tour, "Every database of a release", "Azure", "LangSmith ran under another user before", "AWS", "Google Cloud", "TLS and mTLS", "Docker", "A fleet", "A values file that is there already", "In a runbook",
    ];

    // From the tour: what follows once the Secret is in the cluster.
    static IEnumerable<CodeBlock> Preflight => ReadmeRun.Of(Tour).SkipWhile(one => !one.Code.Contains("New-LangSmithPgPreflightJob", StringComparison.Ordinal));

    [Fact]
    public void Every_block_is_pasted_or_says_why_not() =>
        Assert.Equal(ReadmeRun.Blocks.Select(one => one.Section).Distinct().Order(), Pasted.Concat(NotPasted.Keys).Order());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_tour_upgrades_where_the_database_is_ready_and_stops_where_it_is_not(bool isReady)
    {
        await RequireKubectlAsync();
        await using var server = await StartAsync(isReady ? "CREATE DATABASE langsmith OWNER langsmith_app" : "CREATE DATABASE langsmith");
        await using var cluster = new RecordedCluster();
        using var run = new ReadmeRun { Port = server.Port, User = "langsmith_app", Password = Password, Cluster = cluster };

        var (shown, _) = await run.PasteAsync(ReadmeRun.Of(Tour).Concat(ReadmeRun.Of("Docker")));

        Assert.Contains("langsmith_app:****@localhost", shown[0], StringComparison.Ordinal);
        Assert.Contains(isReady ? "Ready for helm upgrade." : "Not ready: 2 problems.", shown[2], StringComparison.Ordinal);
        Assert.Contains("values.yaml, chart 0.16.11: valid (2 Warning)", shown[4], StringComparison.Ordinal);
        Assert.Equal(
            [
                "kubectl create namespace langsmith --dry-run=client -o yaml",
                "kubectl apply -f -",
                "kubectl apply --server-side -f postgres-secret.yaml",
                "kubectl apply --server-side -f preflight.yaml",
                "kubectl wait -n langsmith job/langsmith-pg-preflight --for=jsonpath={.status.conditions[0].status}=True --timeout=11m",
                "kubectl logs -n langsmith job/langsmith-pg-preflight",
                "helm repo add langchain https://langchain-ai.github.io/helm",
                .. isReady ? ["helm upgrade --install langsmith langchain/langsmith --version 0.16.11 -n langsmith -f values.yaml"] : (string[])[],
            ],
            cluster.Commands);
        Assert.Equal($"langsmith_app:p%40ss@localhost:{server.Port}/langsmith?sslmode=require", cluster.Secret("postgres-secret", "connection_url"));
        Assert.True(cluster.Has("ServiceAccount", "langsmith-backend"));
        Assert.Contains(isReady ? "\nReady for helm upgrade." : "\nNot ready: 2 problems.\n", cluster.Log, StringComparison.Ordinal);
        Assert.Equal("postgres:\n  external:\n    enabled: true\n    existingSecretName: postgres-secret\n", run.Read("values.yaml"));
        Assert.Contains("POSTGRES_DATABASE_URI=", run.Read(".env"), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, string.Concat(shown) + cluster.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_command_writes_all_files_and_what_is_there_already_is_accepted(bool isReady)
    {
        await RequireKubectlAsync();
        await using var server = await StartAsync(isReady ? "CREATE DATABASE langsmith OWNER langsmith_app" : "CREATE DATABASE langsmith");
        await using var cluster = new RecordedCluster();
        using var run = new ReadmeRun { Port = server.Port, User = "langsmith_app", Password = Password, Cluster = cluster };
        File.WriteAllText(run.File(".env"), $"POSTGRES_DATABASE_URI=\"langsmith_app:p%40ss@localhost:{server.Port}/langsmith?sslmode=require\"\n");
        File.WriteAllText(run.File("fleet.csv"), $"host,port,database,user,password\nlocalhost,{server.Port},langsmith,langsmith_app,{Password}\nlocalhost,{server.Port},postgres,langsmith_app,{Password}\n");
        var apply = new CodeBlock("", "", 90, "kubectl create namespace langsmith --dry-run=client -o yaml | kubectl apply -f -; kubectl apply --server-side -f langsmith/postgres-secret.yaml");

        var (shown, _) = await run.PasteAsync([ReadmeRun.Of("One command").First(), apply, .. ReadmeRun.Of("One command").Skip(1)]);

        Assert.Contains(isReady ? "Ready for helm upgrade." : "Not ready: 2 problems.", shown[0], StringComparison.Ordinal);
        Assert.Contains(isReady ? "helm upgrade --install langsmith langchain/langsmith" : "-f langsmith/fix.sql Then run this command again.", shown[0], StringComparison.Ordinal);
        Assert.Equal($"langsmith_app:p%40ss@localhost:{server.Port}/langsmith?sslmode=require", cluster.Secret("postgres-secret", "connection_url"));
        // From the cluster, from the .env file, and from the first of two rows.
        Assert.Equal(3, Regex.Count(shown[2], $"localhost:{server.Port}/langsmith"));
        Assert.Equal(isReady ? 3 : 0, Regex.Count(shown[2], @"Ready for helm upgrade\."));
        Assert.Single(Regex.Matches(shown[2], $"localhost:{server.Port}/postgres"));
        Assert.DoesNotContain(Password, string.Concat(shown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_an_empty_server_every_database_of_a_release_is_ready()
    {
        await using var server = await StartAsync("DROP ROLE langsmith_app", $"CREATE ROLE dba LOGIN CREATEROLE CREATEDB PASSWORD '{Password}'");
        using var run = new ReadmeRun { Port = server.Port, User = "dba", Password = Password };

        var (shown, _) = await run.PasteAsync(ReadmeRun.Of("Every database of a release"));

        var text = Assert.Single(shown);
        Assert.All((string[])["LangSmith", "Insights", "Polly"], purpose => Assert.Contains($"{purpose} ready localhost:{server.Port}/{purpose.ToLowerInvariant()}", text, StringComparison.Ordinal));
        Assert.Contains("Ready for helm upgrade.", text, StringComparison.Ordinal);
        // 62, and 300 for the agents of each product.
        Assert.Contains("662", text, StringComparison.Ordinal);
        Assert.Contains("engineInsightsAgent:", run.Read("values.yaml"), StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(run.Read("secrets.yaml"), "kind: Secret"));
    }

    [Fact]
    public async Task On_Azure_an_identity_takes_the_place_of_a_password_from_the_role_to_the_upgrade()
    {
        await RequireKubectlAsync();
        await using var server = await StartAsync(
            new Dictionary<string, string> { ["azure.extensions"] = "BTREE_GIN,BTREE_GIST,CITEXT,LTREE,PG_TRGM,PGCRYPTO" },
            $"CREATE ROLE \"admin@contoso.com\" SUPERUSER LOGIN PASSWORD '{Password}'",
            "SET allow_system_table_mods = on",
            "CREATE ROLE azure_pg_admin",
            // What Azure's own function does: the role, and the mark that ties it to the identity. It may act for the user from before.
            "CREATE FUNCTION pg_catalog.pgaadauth_create_principal_with_oid(name text, oid text, kind text, admin bool, mfa bool) RETURNS text LANGUAGE plpgsql AS "
            + $"'BEGIN EXECUTE format(''CREATE ROLE %I LOGIN PASSWORD ''''{Password}'''' IN ROLE langsmith_app'', name); "
            + "INSERT INTO pg_catalog.pg_shseclabel SELECT pg_authid.oid, 1260, ''pgaadauth'', ''aadauth,oid='' || $2 || '',type='' || kind FROM pg_authid WHERE rolname = name; RETURN name; END'",
            "CREATE TABLE tenants (id int)",
            "ALTER TABLE tenants OWNER TO langsmith_app",
            "CREATE DATABASE langsmith TEMPLATE postgres OWNER langsmith_app");
        await using var tokens = new StubHttpServer(_ => (
            200, JsonSerializer.Serialize(new { access_token = Password, expires_on = $"{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}", resource = "r", token_type = "Bearer" })));
        Dictionary<string, string> identity = new() { ["IDENTITY_ENDPOINT"] = $"{tokens.Url}/msi/token", ["IDENTITY_HEADER"] = "header" };
        await using var cluster = new RecordedCluster(identity);
        using var run = new ReadmeRun { Port = server.Port, Cluster = cluster, Environment = identity };

        var (shown, _) = await run.PasteAsync(ReadmeRun.Of("Azure").Concat(Preflight).Concat(ReadmeRun.Of("LangSmith ran under another user before")));

        Assert.Contains("langsmith-identity", shown[0], StringComparison.Ordinal);
        Assert.Equal($"langsmith-identity@localhost:{server.Port}/langsmith?sslmode=require", cluster.Secret("postgres-secret", "connection_url"));
        Assert.Contains("\n    iamAuthProvider: azure\n", run.Read("values.yaml"), StringComparison.Ordinal);
        Assert.Contains("azure.workload.identity/client-id: 0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a\n", run.Read("values.yaml").Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(cluster.Commands[^1].StartsWith("helm upgrade", StringComparison.Ordinal), cluster.Log);
        Assert.Contains("from langsmith_app to langsmith-identity", shown[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS", "langsmith_identity", "    iamAuthProvider: aws\n", "eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/langsmith\n")]
    [InlineData("Google Cloud", "langsmith@my-project.iam", "    iamAuthProvider: gcp\n", "iam.gke.io/gcp-service-account: langsmith@my-project.iam.gserviceaccount.com\n")]
    public async Task On_the_other_clouds_a_block_alone_brings_role_files_and_Secret(string section, string user, string provider, string annotation)
    {
        await RequireKubectlAsync();
        await using var server = await StartAsync(
            $"CREATE ROLE dba SUPERUSER LOGIN PASSWORD '{Password}'",
            // What the clouds have; gcloud makes the user.
            "CREATE ROLE rds_iam",
            "CREATE ROLE cloudsqlsuperuser",
            "CREATE ROLE cloudsqliamserviceaccount",
            "CREATE ROLE \"langsmith@my-project.iam\" LOGIN IN ROLE cloudsqliamserviceaccount",
            "CREATE DATABASE langsmith");
        await using var cluster = new RecordedCluster();
        using var run = new ReadmeRun { Port = server.Port, User = "dba", Password = Password, Cluster = cluster };

        var (shown, _) = await run.PasteAsync(ReadmeRun.Of(section));

        Assert.Contains(user, Assert.Single(shown), StringComparison.Ordinal);
        Assert.Equal("kubectl apply --server-side -f postgres-secret.yaml", cluster.Commands[^1]);
        Assert.Equal($"{user.Replace("@", "%40", StringComparison.Ordinal)}@localhost:{server.Port}/langsmith?sslmode=require", cluster.Secret("postgres-secret", "connection_url"));
        Assert.Contains(provider, run.Read("values.yaml"), StringComparison.Ordinal);
        Assert.Contains(annotation, run.Read("values.yaml").Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        using var session = new ModuleSession();
        session.Set("password", Password);
        Assert.Equal("True", session.Run($"""
            (New-LangSmithPgConnectionString localhost langsmith -Port {server.Port} -UserName dba -Password $password | Test-LangSmithPgExtensions -Quiet)
            """).Single.ToString());
    }

    [Fact]
    public async Task With_certificates_all_three_Secrets_are_in_the_cluster_before_the_preflight_reads_them()
    {
        await RequireKubectlAsync();
        await using var mtls = await MtlsServer.StartAsync(18);
        await using var cluster = new RecordedCluster();
        using var run = new ReadmeRun { Port = mtls.Port, User = "app", Password = MtlsServer.Password, PfxPassword = MtlsServer.PfxPassword, Cluster = cluster };
        File.Copy(mtls.File("ca.crt"), run.File("ca.crt"));
        File.Copy(mtls.File("client.pfx"), run.File("client.pfx"));

        var (shown, _) = await run.PasteAsync(ReadmeRun.Of("TLS and mTLS").Concat(Preflight));

        Assert.Contains("Verified", shown[0], StringComparison.Ordinal);
        Assert.All((string[])["postgres-secret", "langsmith-custom-ca", "postgres-mtls-secret"], name => Assert.True(cluster.Has("Secret", name), name));
        Assert.True(cluster.Commands[^1].StartsWith("helm upgrade", StringComparison.Ordinal), cluster.Log);
        Assert.Contains("Tls.ClientCertificate", cluster.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fleet_becomes_a_page_and_an_exit_code_and_a_values_file_is_judged()
    {
        using var run = new ReadmeRun();
        File.WriteAllText(run.File("fleet.csv"), $"host,port,database,user,password\nlocalhost,{live.Port},ready,owner,\"{LiveServer.Password}\"\nlocalhost,{live.Port},bare,guest,\"{LiveServer.Password}\"\n");
        File.WriteAllText(run.File("values.yaml"), "postgres:\n  external:\n    enabled: true\n    existingSecretNam: postgres\n");

        var (shown, exitCode) = await run.PasteAsync(
            ReadmeRun.Of("A fleet").Concat(ReadmeRun.Of("A values file that is there already")).Concat(ReadmeRun.Of("In a runbook")));

        Assert.Equal(1, exitCode);
        Assert.Contains($"localhost:{live.Port}/bare", run.Read("readiness.html"), StringComparison.Ordinal);
        Assert.Contains($"localhost:{live.Port}/ready", run.Read("readiness.html"), StringComparison.Ordinal);
        Assert.Contains("Did you mean postgres.external.existingSecretName?", shown[1], StringComparison.Ordinal);
        Assert.Contains("<testsuites", run.Read("readiness.xml"), StringComparison.Ordinal);
        Assert.DoesNotContain(LiveServer.Password, string.Concat(shown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_module_is_installed_from_a_folder_where_the_gallery_is_out_of_reach()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It would be installed among the documents of whoever runs the tests.");
        using var home = new TemporaryFolder();
        // In place of the gallery, which has whatever was published last.
        var gallery = Directory.CreateDirectory(home.File("gallery")).FullName;
        using var run = new ReadmeRun
        {
            Environment = new Dictionary<string, string> { ["HOME"] = home.Path, ["PSModulePath"] = home.File("modules"), ["XDG_DATA_HOME"] = home.File("data") },
        };
        var prepare = new CodeBlock("", "", 0, $"""
            Unregister-PSResourceRepository PSGallery
            Register-PSResourceRepository PSGallery-stand-in -Uri '{gallery}' -Trusted
            Publish-PSResource -Path '{Path.GetDirectoryName(BuildPaths.ModuleManifest)}' -Repository PSGallery-stand-in -SkipDependenciesCheck
            """);
        var look = new CodeBlock("", "", 99, "(Get-PSResource LangSmithPg).InstalledLocation; (Get-PSResourceRepository).Name");

        var blocks = ReadmeRun.Of("Install").ToList();
        var (shown, _) = await run.PasteAsync(
            [prepare, .. blocks[..1], new("", "", 98, "Uninstall-PSResource LangSmithPg"), .. blocks[1..], look]);

        Assert.Contains("about_LangSmithPg", shown[1], StringComparison.Ordinal);
        Assert.Contains(home.Path, shown[^1], StringComparison.Ordinal);
        Assert.Contains("packages", shown[^1], StringComparison.Ordinal);
    }

    static Task<PostgresServer> StartAsync(params string[] statements) => StartAsync(new Dictionary<string, string>(), statements);

    static async Task<PostgresServer> StartAsync(Dictionary<string, string> settings, params string[] statements)
    {
        using var authority = CertificateAuthority.CreateRoot();
        try
        {
            return await PostgresServer.StartAsync(
                new()
                {
                    IgnoreInstalled = true,
                    Settings = settings,
                    Tls = authority.IssueServer(["localhost"]).ToServerTls(),
                    InitStatements = [$"CREATE ROLE langsmith_app LOGIN PASSWORD '{Password}'", .. statements],
                },
                TestContext.Current.CancellationToken);
        }
        catch (PostgresNotAvailableException exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }

    // Before anything else, as what a stand-in throws is an error of the program for which it stands.
    static async Task RequireKubectlAsync() => Assert.Single(await Kubectl.ReadAsync("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: langsmith\n"));
}
