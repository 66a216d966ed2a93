using LangSmithPg.Kubernetes;

namespace LangSmithPg.Core.Tests.Kubernetes;

public sealed class KubernetesNamesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("0", true)]
    [InlineData("a-b.c-1", true)]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("a_b", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a..b", false)]
    [InlineData("a.-b", false)]
    [InlineData("a\n", false)]
    [InlineData("\u00E4", false)]
    public void An_object_s_name_is_a_dns_subdomain(string name, bool isName) => Assert.Equal(isName, KubernetesNames.IsObjectName(name));

    [Theory]
    [InlineData("a", true)]
    [InlineData("connection_url", true)]
    [InlineData(".A-1", true)]
    [InlineData("-", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("..a", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    public void A_key_is_a_file_name(string key, bool isKey) => Assert.Equal(isKey, KubernetesNames.IsSecretKey(key));

    [Fact]
    public void Names_and_keys_have_253_characters_and_namespaces_63()
    {
        Assert.True(KubernetesNames.IsObjectName(new('a', 253)));
        Assert.False(KubernetesNames.IsObjectName(new('a', 254)));
        Assert.True(KubernetesNames.IsSecretKey(new('a', 253)));
        Assert.False(KubernetesNames.IsSecretKey(new('a', 254)));
        Assert.True(KubernetesNames.IsNamespace(new('a', 63)));
        Assert.False(KubernetesNames.IsNamespace(new('a', 64)));
    }

    [Fact]
    public void A_namespace_has_no_dots() => Assert.False(KubernetesNames.IsNamespace("a.b"));
}
