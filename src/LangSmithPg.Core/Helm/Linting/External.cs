using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting;

/// <summary>The values that lead to LangSmith's own PostgreSQL.</summary>
static class External
{
    public static ValuesPath Root { get; } = new("postgres", "external");

    public static ValuesPath Enabled { get; } = Root.Child("enabled");

    public static ValuesPath ConnectionUrl { get; } = Root.Child("connectionUrl");

    public static ValuesPath ExistingSecretName { get; } = Root.Child("existingSecretName");

    public static ValuesPath SecretKey { get; } = Root.Child("connectionUrlSecretKey");

    public static ValuesPath CustomTls { get; } = Root.Child("customTls");

    public static ValuesPath ClientCertificate { get; } = Root.Child("clientCert").Child("secretName");

    public static ValuesPath CustomCaName { get; } = new("config", "customCa", "secretName");

    public static ValuesPath CustomCaKey { get; } = new("config", "customCa", "secretKey");
}
