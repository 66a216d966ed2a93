using System.Text;
using System.Text.Json;
using CsCheck;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.Helm;
using LangSmithPg.Kubernetes;
using LangSmithPg.Yaml.Tests.Documents;
using LangSmithPg.Yaml.Tests.Tools;

namespace LangSmithPg.Yaml.Tests;

/// <summary>What Helm and Kubernetes make of our values and manifests. The chart in <c>chart/</c> has the shape of LangSmith's.</summary>
public sealed class HelmTemplateTests
{
    const int Connections = 400;

    static readonly PgConnectionString[] Samples = RandomConnections.Any.Array[Connections].Single();

    [Fact]
    public async Task The_chart_s_secret_holds_every_connection_byte_for_byte()
    {
        var rendered = await RenderAsync(ConnectionValues.WithConnectionUrl);

        Assert.All(Samples, (connection, index) =>
            Assert.Equal(connection.ToPlainText(), SecretData(rendered[$"case-{index}-postgres"], "connection_url")));
    }

    [Fact]
    public async Task Every_pod_gets_the_choices_that_go_with_the_connection()
    {
        var rendered = await RenderAsync(ConnectionValues.WithConnectionUrl);

        Assert.All(Samples, (connection, index) =>
        {
            var pod = rendered[$"case-{index}-backend"];
            Assert.Equal(connection.Schema, Environment(pod, "POSTGRES_SCHEMA"));
            Assert.Equal(connection.SslMode >= SslMode.VerifyCa ? "true" : "false", Environment(pod, "POSTGRES_TLS"));
            Assert.Equal(connection.IamAuthProvider?.ToString().ToLowerInvariant(), Environment(pod, "POSTGRES_IAM_AUTH_PROVIDER"));
            Assert.Equal($"case-{index}-postgres/connection_url", SecretReference(pod));
        });
    }

    [Fact]
    public async Task Every_pod_refers_to_the_secret_that_was_named()
    {
        var rendered = await RenderAsync(connection => ConnectionValues.ForSecret(connection, "my.secret-1", "Url_2"));

        Assert.Equal(Samples.Length, rendered.Count);
        Assert.All(rendered.Values, pod => Assert.Equal("my.secret-1/Url_2", SecretReference(pod)));
    }

    [Fact]
    public async Task Values_of_one_connection_are_a_values_file()
    {
        var values = YamlText.Write(ConnectionValues.WithConnectionUrl(Samples[0]).ToDocument());

        var rendered = await ReadAsync(await HelmAndKubectl.RenderAsync("chart", values));

        Assert.Equal(Samples[0].ToPlainText(), SecretData(rendered["langsmith-postgres"], "connection_url"));
        Assert.Equal("langsmith-postgres/connection_url", SecretReference(rendered["langsmith-backend"]));
    }

    [Fact]
    public async Task Kubectl_reads_every_connection_out_of_its_secret_byte_for_byte()
    {
        var manifests = Samples.Select((connection, index) =>
            YamlText.Write(KubernetesSecret.ForConnection(connection, $"case-{index}", "langsmith", "Url_2").ToDocument()));

        var secrets = await ReadAsync(string.Join("---\n", manifests));

        Assert.All(Samples, (connection, index) =>
        {
            var secret = secrets[$"case-{index}"];
            Assert.Equal("v1 Secret Opaque", $"{secret.GetProperty("apiVersion")} {secret.GetProperty("kind")} {secret.GetProperty("type")}");
            Assert.Equal("langsmith", secret.GetProperty("metadata").GetProperty("namespace").GetString());
            Assert.Equal(connection.ToPlainText(), secret.GetProperty("stringData").GetProperty("Url_2").GetString());
        });
    }

    static async Task<IReadOnlyDictionary<string, JsonElement>> RenderAsync(Func<PgConnectionString, HelmValues> overlay)
    {
        var cases = new DocumentMap([.. Samples.Select((connection, index) =>
            KeyValuePair.Create($"case-{index}", (DocumentNode)overlay(connection).ToDocument()))]);
        return await ReadAsync(await HelmAndKubectl.RenderAsync("chart", YamlText.Write(new([new("cases", cases)]))));
    }

    static async Task<IReadOnlyDictionary<string, JsonElement>> ReadAsync(string manifests) =>
        (await HelmAndKubectl.ReadAsync(manifests)).ToDictionary(item => item.GetProperty("metadata").GetProperty("name").GetString()!);

    static string SecretData(JsonElement secret, string key) =>
        Encoding.UTF8.GetString(secret.GetProperty("data").GetProperty(key).GetBytesFromBase64());

    static string SecretReference(JsonElement pod)
    {
        var reference = Variable(pod, "POSTGRES_DATABASE_URI")!.Value.GetProperty("valueFrom").GetProperty("secretKeyRef");
        return $"{reference.GetProperty("name").GetString()}/{reference.GetProperty("key").GetString()}";
    }

    static string? Environment(JsonElement pod, string name) => Variable(pod, name)?.GetProperty("value").GetString();

    static JsonElement? Variable(JsonElement pod, string name) => pod.GetProperty("spec").GetProperty("containers")[0].GetProperty("env")
        .EnumerateArray().Cast<JsonElement?>().SingleOrDefault(variable => variable!.Value.GetProperty("name").GetString() == name);
}
