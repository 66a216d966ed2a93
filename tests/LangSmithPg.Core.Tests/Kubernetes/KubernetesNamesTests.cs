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

    [Theory]
    [InlineData("a", true)]
    [InlineData("A.b_c-1", true)]
    [InlineData("app.kubernetes.io/component", true)]
    [InlineData("", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a/b/c", false)]
    [InlineData("Upper.io/a", false)]
    [InlineData("a b", false)]
    [InlineData("-a", false)]
    [InlineData("a.", false)]
    [InlineData("a\n", false)]
    public void A_label_s_key_is_a_name_that_may_belong_to_a_domain(string key, bool isKey) => Assert.Equal(isKey, KubernetesNames.IsLabelKey(key));

    [Theory]
    [InlineData("", true)]
    [InlineData("A.b_c-1", true)]
    [InlineData("a/b", false)]
    [InlineData("c d", false)]
    [InlineData("_a", false)]
    [InlineData("a-", false)]
    [InlineData("a\n", false)]
    public void A_label_s_value_is_a_name_or_nothing(string value, bool isValue) => Assert.Equal(isValue, KubernetesNames.IsLabelValue(value));

    [Fact]
    public void Labels_have_63_characters_and_their_domains_253()
    {
        Assert.True(KubernetesNames.IsLabelKey($"{new string('a', 253)}/{new string('b', 63)}"));
        Assert.False(KubernetesNames.IsLabelKey($"{new string('a', 254)}/b"));
        Assert.False(KubernetesNames.IsLabelKey(new('b', 64)));
        Assert.True(KubernetesNames.IsLabelValue(new('b', 63)));
        Assert.False(KubernetesNames.IsLabelValue(new('b', 64)));
    }

    [Theory]
    [InlineData("mcr.microsoft.com/dotnet/sdk:10.0", true)]
    [InlineData("localhost:5000/pwsh@sha256:0a1b", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData(" a", false)]
    [InlineData("a\n", false)]
    public void An_image_has_no_white_space(string image, bool isImage) => Assert.Equal(isImage, KubernetesNames.IsImage(image));

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
