using System.Text.Json;
using System.Text.RegularExpressions;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sandbox.Tls;
using LangSmithPg.Tests.Sessions;
using Xunit.Sdk;

namespace LangSmithPg.Tests.Help;

/// <summary>
/// All examples of all pages, run once in PowerShell as an admin would: on a server of their own, each page with a database, each
/// example with the files that it takes. What they call <c>db.example.com</c> is this server.
/// </summary>
public sealed partial class ExampleRun : IAsyncLifetime
{
    const string Password = "S3cr3t-of-examples";
    const string PfxPassword = "N33dle-of-pfx";

    /// <summary>Those that cannot be run here, and why; they are held against the cmdlets all the same.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotRun = new Dictionary<string, string>
    {
        ["Copy-LangSmithPgDatabase/3"] = "It needs pg_dump of the newest PostgreSQL.",
        ["Get-LangSmithComponent/3"] = "It takes a chart from the internet.",
        ["Invoke-LangSmithPgSetup/2"] = "It asks questions.",
        ["Invoke-LangSmithPgSetup/3"] = "It asks Azure for a server.",
        ["New-LangSmithCaSecret/4"] = "It looks into the certificate store of Windows.",
        ["New-LangSmithMtlsSecret/4"] = "It looks into the certificate store of Windows.",
        ["New-LangSmithPgIamRole/3"] = "It logs in to Amazon RDS.",
    };

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("langsmithpg-examples-");
    readonly Dictionary<string, ExampleResult> _results = [];
    SkipException? _missing;

    /// <summary>Finds the names of the pages' databases: one letter more than the name that the pages tell.</summary>
    [GeneratedRegex(@"\blangsmith[A-Za-z]\b")]
    public static partial Regex Databases();

    /// <summary>What became of an example.</summary>
    public ExampleResult this[HelpExample example] => _missing is null ? _results[example.Id] : throw _missing;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await RunAsync();
        }
        catch (SkipException exception)
        {
            // Without PowerShell or PostgreSQL it is the tests that are skipped: here, it would be a fault.
            _missing = exception;
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    async Task RunAsync()
    {
        using var authority = CertificateAuthority.CreateRoot("Example Root CA");
        await using var server = await StartAsync(authority);
        await using var tokens = new StubHttpServer(_ => (
            200, JsonSerializer.Serialize(new { access_token = Password, expires_on = $"{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}", resource = "r", token_type = "Bearer" })));
        var examples = HelpPage.All.SelectMany(page => page.Examples).Where(one => !NotRun.ContainsKey(one.Id)).ToList();
        var plan = Path.Join(_folder.FullName, "plan.json");
        await File.WriteAllTextAsync(plan, JsonSerializer.Serialize(examples.Select(one => new
        {
            one.Id,
            Code = Here(one.Code, DatabaseOf(one.Page), server.Port),
            Folder = Furnish(one, authority, server.Port),
            Database = DatabaseOf(one.Page),
        })));
        var run = await Pwsh.RunAsync(
            $"& '{Path.Join(AppContext.BaseDirectory, "Help", "run-examples.ps1")}' -Plan '{plan}' -Manifest '{BuildPaths.ModuleManifest}' -Port {server.Port}",
            _folder.FullName,
            new Dictionary<string, string>
            {
                ["EXAMPLE_PASSWORD"] = Password,
                ["EXAMPLE_PFX_PASSWORD"] = PfxPassword,
                ["IDENTITY_ENDPOINT"] = $"{tokens.Url}/msi/token",
                ["IDENTITY_HEADER"] = "header",
                ["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE",
                ["AWS_SECRET_ACCESS_KEY"] = "example",
                ["AWS_EC2_METADATA_DISABLED"] = "true",
            });
        foreach (Match result in Results().Matches(run.Output.ReplaceLineEndings("\n")))
        {
            _results.Add(result.Groups["id"].Value, new(result.Groups["shown"].Value, [.. result.Groups["error"].Captures.Select(one => one.Value)]));
        }

        Assert.True(_results.Count == examples.Count, $"{_results.Count} of {examples.Count} examples were run.\n{run.Output}\n{run.Errors}");
    }

    static async Task<PostgresServer> StartAsync(CertificateAuthority authority)
    {
        var issued = authority.IssueServer(["localhost"]);
        try
        {
            return await PostgresServer.StartAsync(new()
            {
                IgnoreInstalled = true,
                // With its root, as New-LangSmithCaSecret needs it.
                Tls = new(issued.ChainPem + authority.CertificatePem, issued.KeyPem),
                InitStatements =
                [
                    $"CREATE ROLE langsmith_app LOGIN PASSWORD '{Password}'",
                    $"CREATE ROLE \"langsmith-identity\" LOGIN PASSWORD '{Password}' IN ROLE langsmith_app",
                    $"CREATE ROLE dba SUPERUSER LOGIN PASSWORD '{Password}'",
                    // What Amazon RDS and Azure have.
                    "CREATE ROLE rds_iam",
                    "SET allow_system_table_mods = on",
                    "CREATE FUNCTION pg_catalog.pgaadauth_create_principal_with_oid(text, text, text, bool, bool) RETURNS text LANGUAGE sql AS 'SELECT $1'",
                    "CREATE TABLE runs (id int)",
                    "ALTER TABLE runs OWNER TO langsmith_app",
                    "CREATE TABLE tenants (id int)",
                    "ALTER TABLE tenants OWNER TO langsmith_app",
                    "CREATE TYPE kind AS ENUM ('llm')",
                    "ALTER TYPE kind OWNER TO langsmith_app",
                    "GRANT CREATE ON SCHEMA public TO \"langsmith-identity\"",
                    .. HelpPage.All.Select(page => $"CREATE DATABASE \"{DatabaseOf(page.Name)}\" TEMPLATE postgres"),
                    "CREATE DATABASE langsmith TEMPLATE postgres",
                    "CREATE DATABASE langsmith_new OWNER langsmith_app",
                ],
            });
        }
        catch (PostgresNotAvailableException exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }

    // Not longer, or it would not fit into its column.
    static string DatabaseOf(string page) =>
        $"langsmith{"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[HelpPage.All.TakeWhile(one => one.Name != page).Count()]}";

    string Furnish(HelpExample example, CertificateAuthority authority, int port)
    {
        var folder = _folder.CreateSubdirectory(example.Id.Replace('/', '-')).FullName;
        var client = authority.IssueClient("langsmith_app");
        Write("ca.crt", authority.CertificatePem);
        Write("client.crt", client.ChainPem);
        Write("client.key", client.KeyPem);
        File.WriteAllBytes(Path.Join(folder, "client.pfx"), client.ToPfx(PfxPassword));
        using var root = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(authority.CertificatePem);
        Write("fingerprint.txt", root.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256));
        var user = example.Page == "Install-LangSmithPgExtensions" ? "dba" : "langsmith_app";
        Write("fleet.csv", $"host,port,database,user,password,sslmode\nlocalhost,{port},{DatabaseOf(example.Page)},{user},{Password},require\nlocalhost,{port},langsmith,{user},{Password},\n");
        Write(".env", "POSTGRES_DATABASE_URI=\nLANGSMITH_LICENSE_KEY=none\n");
        Write("values.yaml", example.Page switch
        {
            "Test-LangSmithHelmValues" => "postgres:\n  external:\n    enabled: true\n    existingSecretNam: postgres\n    iamAuthProvider: Azure\n",
            "New-LangSmithPgPreflightJob" or "Test-LangSmithPgRelease" => "postgres:\n  external:\n    enabled: true\n    existingSecretName: postgres-secret\n",
            _ => "config:\n  hostname: langsmith.example.com   # keep\n",
        });
        Write("pg_get_users_by_org.sql", "-- Users\nselect 'ada@example.com' as user_email, 'Ada' as user_name, 'Example' as organization_name");
        Write("pg_usage_traces_backfill_update.sql", "insert into runs select 1 where :'backfill_id' <> '' returning id;");
        Write("health.json", $$"""
            { "schemaVersion": "1.5", "generatedAt": "2026-11-01T01:00:00Z", "databases": [{ "target": "localhost:{{port}}/{{DatabaseOf(example.Page)}}", "isReady": true, "status": "Pass", "kind": "Health",
              "figures": { "time": "2026-11-01T01:00:00Z", "databaseBytes": 7000000, "tables": [] }, "findings": [{ "id": "Connection", "status": "Pass", "message": "In." }] }] }
            """);
        Write("prod.yaml", "config:\n  hostname: langsmith.example.org\n");
        foreach (var log in (string[])["preflight.log", "move.log"])
        {
            File.Copy(Path.Join(AppContext.BaseDirectory, "Help", log), Path.Join(folder, log));
        }

        return folder;

        void Write(string name, string text) => File.WriteAllText(Path.Join(folder, name), text);
    }

    // The names of the examples become those of the server that runs.
    static string Here(string code, string database, int port)
    {
        var here = Place().Replace(code, one => one switch
        {
            { Groups: [_, { Success: true }, ..] } => $"localhost:{port}/{database}",
            { Groups: [_, _, { Success: true }, ..] } => $"localhost;Port={port};Database={database};",
            { Groups: [_, _, _, { Success: true }, ..] } => $"localhost -Port {port} -Database {database}",
            { Groups: [_, _, _, _, { Success: true }, ..] } => $"localhost {database} -Port {port}",
            _ => $"localhost -Port {port}",
        });
        // Which would end the run.
        return Exit().Replace(here, "$exitCode = ");
    }

    [GeneratedRegex(@"db\.example\.com(?:(/langsmith)|(;Database=langsmith;)|( -Database langsmith)|( langsmith\b)|\b)")]
    private static partial Regex Place();

    [GeneratedRegex(@"^exit\s+(?=\S)", RegexOptions.Multiline)]
    private static partial Regex Exit();

    [GeneratedRegex(@"^<<<(?<id>.+)\n(?<shown>(?:.*\n)*?)>>>\n(?:!!!(?<error>.*)\n)*", RegexOptions.Multiline)]
    private static partial Regex Results();
}

/// <summary>What an example showed, and its errors.</summary>
public sealed record ExampleResult(string Shown, IReadOnlyList<string> Errors);
