using System.Text.Json;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Core.Tests.Kubernetes;

public sealed class KubernetesSecretTests
{
    const string Password = "hunter2-password";

    static readonly KubernetesSecret Secret =
        KubernetesSecret.ForConnection(PgConnectionString.Parse($"u:{Password}@host:5432/db").Require(), "my-secret", "my-namespace");

    [Fact]
    public void It_never_shows_its_value()
    {
        Assert.Equal("Secret my-namespace/my-secret (connection_url)", Secret.ToString());
        Assert.Empty(Shown.By(Secret, Password));
        Assert.DoesNotContain(Password, JsonSerializer.Serialize(Secret), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, JsonSerializer.Serialize(Secret.Entries[0]), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, Secret.Entries[0].ToString(), StringComparison.Ordinal);
        Assert.True(Secret.HoldsSecrets);
    }

    [Fact]
    public void The_document_is_the_manifest_with_the_value()
    {
        var document = Secret.ToDocument();

        Assert.Equal(["apiVersion", "kind", "metadata", "type", "stringData"], document.Entries.Select(entry => entry.Key));
        Assert.Equal([("name", "my-secret"), ("namespace", "my-namespace")], Texts(document, "metadata"));
        Assert.Equal([("connection_url", $"u:{Password}@host:5432/db")], Texts(document, "stringData"));
    }

    [Fact]
    public void Without_a_namespace_kubectl_chooses_it()
    {
        var secret = new KubernetesSecret("a", @namespace: null, []);

        Assert.Equal([("name", "a")], Texts(secret.ToDocument(), "metadata"));
        Assert.Equal("Secret a ()", secret.ToString());
    }

    [Theory]
    [InlineData("A", null, "key")]
    [InlineData("", null, "key")]
    [InlineData("a", "my.namespace", "key")]
    [InlineData("a", "", "key")]
    [InlineData("a", null, "a b")]
    [InlineData("a", null, "..")]
    public void Names_that_kubernetes_does_not_take_are_refused(string name, string? @namespace, string key) =>
        Assert.Throws<InvalidNameException>(() => new KubernetesSecret(name, @namespace, [new(key, LangSmithPg.Common.Secret.From("x")!)]));

    [Fact]
    public void A_key_comes_once()
    {
        SecretEntry entry = new("key", LangSmithPg.Common.Secret.From(Password)!);

        var error = Assert.Throws<ArgumentException>(() => new KubernetesSecret("a", @namespace: null, [entry, entry]));
        Assert.DoesNotContain(Password, error.Message, StringComparison.Ordinal);
    }

    static IEnumerable<(string, string?)> Texts(DocumentMap document, string name) =>
        ((DocumentMap)document.Entries.Single(entry => entry.Key == name).Value).Entries.Select(entry => (entry.Key, (string?)entry.Value.ToString()));
}
