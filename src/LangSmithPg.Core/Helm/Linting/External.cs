using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting;

/// <summary>The values that lead to LangSmith's own PostgreSQL.</summary>
static class External
{
    public static ValuesPath Root { get; } = new("postgres", "external");

    public static ValuesPath Enabled { get; } = Root.Below("enabled");

    public static ValuesPath ConnectionUrl { get; } = Root.Below("connectionUrl");

    public static ValuesPath ExistingSecretName { get; } = Root.Below("existingSecretName");

    public static ValuesPath SecretKey { get; } = Root.Below("connectionUrlSecretKey");

    public static ValuesPath CustomTls { get; } = Root.Below("customTls");

    public static ValuesPath ClientCertificate { get; } = Root.Below("clientCert").Below("secretName");

    public static ValuesPath CustomCaName { get; } = new("config", "customCa", "secretName");

    public static ValuesPath CustomCaKey { get; } = new("config", "customCa", "secretKey");
}
