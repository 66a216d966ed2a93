using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Connections;

/// <summary>What the module and others wrote is read back, as files, as lines and as objects.</summary>
public sealed class ReadBackTests : IDisposable
{
    // Every character that YAML, JSON, a shell or a URL takes for something.
    const string Password = "p@ss:w/o?r#d% [100]&+€'\"\\$x";

    readonly ModuleSession _session = new();
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-").FullName;

    public ReadBackTests()
    {
        _session.Set("folder", _folder);
        _session.Set("password", Password);
        _session.Run("$connection = New-LangSmithPgConnectionString 127.0.0.1 langsmith -Port 1 -UserName langsmith_app -Password $password -SslMode VerifyFull -Schema public").ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("New-LangSmithPgSecret -Namespace langsmith | Export-LangSmithYaml -Path $folder/secret.yaml", "secret.yaml", "Secret postgres-secret, key connection_url")]
    [InlineData("New-LangSmithHelmValues -IncludeConnectionUrl | Export-LangSmithYaml -Path $folder/values.yaml", "values.yaml", "postgres.external.connectionUrl")]
    [InlineData("Set-LangSmithEnvFile $folder/.env", ".env", "POSTGRES_DATABASE_URI (line 1)")]
    public void What_the_module_wrote_it_reads(string write, string file, string place)
    {
        _session.Run($"$connection | {write}").ThrowIfFailed();
        var path = Path.Join(_folder, file);
        var found = _session.Run($"Get-LangSmithPgConnection $folder/{file}").Single;
        Assert.Equal(_session.Run("$connection").Single.BaseObject, found.BaseObject);
        Assert.Equal($"{path}: {place}", found.Properties["Source"].Value);

        // As a file, as lines, and whole.
        var lines = File.ReadAllLines(path);
        _session.Set("lines", lines);
        _session.Set("text", File.ReadAllText(path));
        _session.Set("file", new FileInfo(path));
        foreach (var input in new[] { "$file", "$lines", "$text" })
        {
            Assert.Equal("127.0.0.1:1/langsmith", _session.Run($"{input} | Test-LangSmithPgConnection").Single.Properties["Target"].Value);
            Assert.Equal("127.0.0.1:1/langsmith", _session.Run($"{input} | Test-LangSmithPgReadiness").Single.Properties["Target"].Value);
            Assert.Equal(_session.Run("$connection").Single.BaseObject, _session.Run($"{input} | ConvertFrom-LangSmithPgConnectionString").Single.BaseObject);
            Assert.Single(_session.Run($"{input} | New-LangSmithPgSecret").Output);
            Assert.Single(_session.Run($"{input} | New-LangSmithHelmValues").Output);
        }
    }

    [Fact]
    public void A_Secret_of_kubectl_is_read_as_text_and_as_an_object()
    {
        var value = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("u:p@127.0.0.1:1/d?sslmode=require"));
        _session.Set("json", $$"""
            {
                "apiVersion": "v1",
                "data": { "connection_url": "{{value}}", "tls.crt": "/w==" },
                "kind": "Secret",
                "metadata": { "name": "postgres-secret", "namespace": "langsmith" },
                "type": "Opaque"
            }
            """);
        const string Plain = "u:p@127.0.0.1:1/d?sslmode=require";
        Assert.Equal(Plain, _session.Run("($json -split '\\n' | Get-LangSmithPgConnection).ToPlainText()").Single.BaseObject);
        Assert.Equal(Plain, _session.Run("('{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[' + $json + ']}' | Get-LangSmithPgConnection).ToPlainText()").Single.BaseObject);
    }

    [Theory]
    [InlineData("appsettings.json", """{"ConnectionStrings":{"Sql":"Server=x;Initial Catalog=y;Integrated Security=true","Pg":"Host=h;Database=d;Username=u;Password=p"}}""", "ConnectionStrings:Pg", "u:p@h:5432/d")]
    [InlineData("secret.json", """{"engine":"postgres","host":"h","username":"u","password":"p@ss","dbname":"d"}""", "document", "u:p%40ss@h:5432/d?sslmode=require")]
    [InlineData("out.json", """{"size":{"sensitive":false,"type":"string","value":"7"},"db":{"sensitive":true,"type":"string","value":"postgresql://u:p@h/d"}}""", "output db", "u:p@h:5432/d")]
    [InlineData("out.json", """{"host":{"sensitive":false,"value":"h"},"port":{"sensitive":false,"value":6432},"username":{"sensitive":false,"value":"u"},"password":{"sensitive":true,"value":"p"},"database":{"sensitive":false,"value":"d"}}""", "outputs", "u:p@h:6432/d?sslmode=require")]
    [InlineData(".pg_service.conf", "# mine\n[one]\nhost=h\nport=6432\ndbname=d\nuser=u\npassword=p'q\n", "service one", "u:p%27q@h:6432/d")]
    [InlineData(".pgpass", "#c\n*:*:*:u:x\nh:6432:d:u:p\\:q\n", "line 3", "u:p%3Aq@h:6432/d?sslmode=require")]
    [InlineData("values.yaml", "USER-SUPPLIED VALUES:\npostgres:\n  external:\n    enabled: true\n    host: h\n    port: 6432\n    user: u\n    password: p\n    database: d\n", "postgres.external.host", "u:p@h:6432/d?sslmode=require")]
    [InlineData("compose.env", "# a\nDEBUG=1\nexport DATABASE_URL='postgres://u:p@h/d'\n", "DATABASE_URL (line 3)", "u:p@h:5432/d")]
    public void What_others_wrote_is_read(string file, string text, string place, string plain)
    {
        File.WriteAllText(Path.Join(_folder, file), text);
        var found = _session.Run($"Get-LangSmithPgConnection $folder/{file}").Single;
        Assert.EndsWith(place, (string)found.Properties["Source"].Value, StringComparison.Ordinal);
        _session.Set("found", found);
        Assert.Equal(plain, _session.Run("$found.ToPlainText()").Single.BaseObject);
    }

    [Theory]
    [InlineData("""{"host":"h","username":"u","password":"p@ss","dbname":"d"}""", "u:p%40ss@h:5432/d?sslmode=require")]
    [InlineData("""[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"connection_url":"u:p%40ss@h/d"}}]""", "u:p%40ss@h:5432/d")]
    [InlineData("{user}:p@h/d", "%7Buser%7D:p@h:5432/d")]
    // stringData goes before data, which says u@other/d here.
    [InlineData("""{"apiVersion":"v1","kind":"Secret","data":{"connection_url":"dUBvdGhlci9k"},"stringData":{"connection_url":"u:p@h/d"}}""", "u:p@h:5432/d")]
    public void One_line_is_a_document_or_a_connection_string(string line, string plain)
    {
        _session.Set("line", line);
        Assert.Equal(plain, _session.Run("($line | ConvertFrom-LangSmithPgConnectionString).ToPlainText()").Single.BaseObject);
    }

    [Theory]
    [InlineData("postgres:\n  external:\n    existingSecretName: pg\n", "ConnectionInSecret")]
    [InlineData("postgres:\n  external:\n    connectionUrl: ${DATABASE_URL}\n", "ConnectionFilledIn")]
    [InlineData("other: N33dle\n", "NoConnectionFound")]
    [InlineData("a: [N33dle\n", "DocumentNotRead")]
    [InlineData("N33dle: 1\nN33dle: 2\n", "DocumentNotRead")]
    [InlineData("postgres:\n  external:\n    connectionUrl: u:N33dle@h\n", "EmptyDatabase")]
    public void What_cannot_be_read_is_told_without_what_it_holds(string text, string id)
    {
        _session.Set("lines", text.Split('\n'));
        var result = _session.Run("$lines | Test-LangSmithPgConnection");
        Assert.Equal(id, result.ErrorId);
        Assert.Empty(result.Output);
        Assert.All(result.Errors, error => Assert.DoesNotContain("N33dle", $"{error} {error.Exception} {error.ErrorDetails?.RecommendedAction} {error.TargetObject}", StringComparison.Ordinal));
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error() => Assert.Equal("FileNotFound", _session.Run("Get-LangSmithPgConnection $folder/no.yaml").ErrorId);

    [Fact]
    public void Parameters_give_what_a_document_lacks() => Assert.Equal(
        "127.0.0.1:1/d", _session.Run("'DATABASE_URL=postgresql://127.0.0.1:1/d' | Test-LangSmithPgConnection -UserName u").Single.Properties["Target"].Value);

    [Fact]
    public void Shows_where_each_was_found()
    {
        _session.Run("$connection | Set-LangSmithEnvFile $folder/.env").ThrowIfFailed();
        var shown = _session.Show("Get-LangSmithPgConnection $folder/.env");
        Assert.Contains("POSTGRES_DATABASE_URI (line 1)", shown, StringComparison.Ordinal);
        Assert.Contains("langsmith_app:****@127.0.0.1:1/langsmith?sslmode=verify-full", shown, StringComparison.Ordinal);
    }
}
