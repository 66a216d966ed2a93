using LangSmithPg.Helm;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Core.Tests.Helm;

public sealed class ConnectionValuesTests
{
    [Fact]
    public void A_password_goes_into_the_url_and_is_masked() =>
        AssertValues(
            ConnectionValues.WithConnectionUrl(Examples.Password),
            "postgres.external.enabled: true",
            "postgres.external.connectionUrl: ****");

    [Fact]
    public void Verification_of_the_server_sets_customTls() =>
        AssertValues(
            ConnectionValues.WithConnectionUrl(Examples.ServerTls),
            "postgres.external.enabled: true",
            "postgres.external.connectionUrl: ****",
            "postgres.external.customTls: true");

    [Fact]
    public void Iam_sets_the_provider_in_lower_case_beside_the_secret() =>
        AssertValues(
            ConnectionValues.ForSecret(Examples.Iam, "postgres-secret"),
            "postgres.external.enabled: true",
            "postgres.external.existingSecretName: postgres-secret",
            "postgres.external.iamAuthProvider: azure");

    [Fact]
    public void A_connection_without_a_password_is_no_secret()
    {
        var values = ConnectionValues.WithConnectionUrl(Examples.Iam);

        Assert.False(values.HoldsSecrets);
        Assert.Contains(values.Entries, entry => entry.Value == "my-workload-identity@myhost:5432/mydatabase?sslmode=require");
    }

    [Fact]
    public void Schema_and_key_are_set_where_they_are_not_the_chart_s_own() =>
        AssertValues(
            ConnectionValues.ForSecret(Examples.Password.With(iamAuthProvider: null, "app").Require(), "db.secret-1", "url"),
            "postgres.external.enabled: true",
            "postgres.external.existingSecretName: db.secret-1",
            "postgres.external.connectionUrlSecretKey: url",
            "postgres.external.schema: app");

    [Theory]
    [InlineData("require", false)]
    [InlineData("verify-ca", true)]
    [InlineData("verify-full", true)]
    public void CustomTls_goes_with_verification_and_not_with_mere_encryption(string mode, bool isSet) =>
        Assert.Equal(isSet, ConnectionValues.WithConnectionUrl(Examples.Parse($"u:p@h/d?sslmode={mode}")).ToString().Contains("customTls: true", StringComparison.Ordinal));

    [Theory]
    [InlineData("123")]
    [InlineData("1e3")]
    [InlineData("0x1f")]
    [InlineData("0b11")]
    [InlineData("1.5")]
    [InlineData("2001-12-14")]
    [InlineData("true")]
    [InlineData("no")]
    [InlineData("on")]
    [InlineData("y")]
    [InlineData("null")]
    public void A_secret_s_name_that_the_chart_would_not_read_as_a_text_is_refused(string name) => AssertRefused(name, "connection_url", "without quotes", name);

    [Theory]
    [InlineData("1_000")]
    [InlineData("-0x1F")]
    [InlineData("-_5")]
    [InlineData(".5")]
    [InlineData("-")]
    [InlineData(".inf")]
    [InlineData("Off")]
    public void A_key_that_the_chart_would_not_read_as_a_text_is_refused(string key) => AssertRefused("postgres-secret", key, "without quotes", key);

    [Theory]
    [InlineData("", "connection_url", "")]
    [InlineData("Postgres", "connection_url", "Postgres")]
    [InlineData("a: b", "connection_url", "a: b")]
    [InlineData("postgres-secret", "a b", "a b")]
    [InlineData("postgres-secret", "..", "..")]
    public void A_name_that_kubernetes_does_not_take_is_refused(string name, string key, string wrong) => AssertRefused(name, key, "not a valid name in Kubernetes", wrong);

    static void AssertRefused(string name, string key, string reason, string wrong)
    {
        var error = Assert.Throws<InvalidNameException>(() => ConnectionValues.ForSecret(Examples.Password, name, key));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(wrong, error.Name);
        Assert.DoesNotContain($"'{(wrong == name ? key : name)}'", error.Message, StringComparison.Ordinal);
    }

    static void AssertValues(HelmValues values, params string[] lines) => Assert.Equal(lines, values.Entries.Select(entry => entry.ToString()));
}
