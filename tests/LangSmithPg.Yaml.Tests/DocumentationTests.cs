using System.Text.Json.Nodes;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.Helm;
using LangSmithPg.Kubernetes;
using LangSmithPg.Yaml.Tests.Readers;

namespace LangSmithPg.Yaml.Tests;

/// <summary>The examples of LangSmith's own page on external PostgreSQL.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Password() => AssertIs(
        """
        postgres:
          external:
            enabled: true
            connectionUrl: "myuser:mypassword@myhost:5432/mydatabase"
        """,
        ConnectionValues.WithConnectionUrl(Parse("myuser:mypassword@myhost:5432/mydatabase")));

    [Fact]
    public void Server_tls() => AssertIs(
        """
        postgres:
          external:
            enabled: true
            connectionUrl: "myuser:mypassword@myhost:5432/mydatabase?sslmode=verify-full&sslrootcert=system"
            customTls: true
        """,
        ConnectionValues.WithConnectionUrl(Parse("myuser:mypassword@myhost:5432/mydatabase?sslmode=verify-full&sslrootcert=system")));

    [Fact]
    public void Iam()
    {
        var connection = Parse("my-workload-identity@myhost:5432/mydatabase?sslmode=require").With(IamAuthProvider.Azure, schema: null).Require();

        AssertIs(
            """
            postgres:
              external:
                enabled: true
                existingSecretName: "postgres-secret"
                iamAuthProvider: "azure"
            """,
            ConnectionValues.ForSecret(connection, "postgres-secret"));
        AssertIs(
            """
            apiVersion: v1
            kind: Secret
            metadata:
              name: postgres-secret
            type: Opaque
            stringData:
              connection_url: "my-workload-identity@myhost:5432/mydatabase?sslmode=require"
            """,
            KubernetesSecret.ForConnection(connection));
    }

    static PgConnectionString Parse(string text) => PgConnectionString.Parse(text).Require();

    static void AssertIs(string example, IDocument document)
    {
        var yaml = YamlText.Write(document.ToDocument());
        Assert.True(JsonNode.DeepEquals(YamlDotNetReader.Read(example), YamlDotNetReader.Read(yaml)), yaml);
    }
}
