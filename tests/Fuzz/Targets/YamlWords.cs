namespace LangSmithPg.Fuzz.Targets;

/// <summary>Words of YAML and of values files.</summary>
static class YamlWords
{
    public static IReadOnlyList<string> All { get; } =
    [
        ": ", ":", "- ", "-", "? ", "? a\n: b\n", "#", " # x\n", "\n", "\r\n", "\n\n", "  ", "    ", "\t", "{", "}", "{}", "[", "]", "[]", ", ", "\"", "'", "''", "\\", "\\u00e9", "|", "|-", "|+", "|2",
        ">", ">-", ">+", "&a ", "*a", "<<: *a\n", "!!str ", "!", "!x ", "!!binary ", "---\n", "--- ", "...\n", "%YAML 1.1\n", "%TAG ! x\n", "~", "null", "true", "no", "0x1F", "1e3", "0o7", ".inf", "1_000", "\uFEFF", "é",
        "\u0085", "\u2028", "\0", "\u001b", "a", "b", "a: 1\n", "  b: 2\n", "a.b=x", "\ta.c=true", "=", "postgres:\n", "  external:\n", "    enabled: true\n", "    connectionUrl: ", "    existingSecretName: ",
        "postgres.external.enabled=true", "postgres.external.connectionUrl=", "backend:\n", "  deployment:\n", "    labels:\n", "azure.workload.identity/use: \"true\"", "config:\n", "  langsmithLicenseKey: ",
        "password: ", "secret", $"={Promise.Needle}", Promise.Needle, "user:pw@host:5432/db?sslmode=require", "iamAuthProvider: azure", "customTls: true", "clientCert:\n", "extraEnv:\n", "- name: POSTGRES_DATABASE_URI\n",
    ];
}
