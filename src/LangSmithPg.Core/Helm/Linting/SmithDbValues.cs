using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting;

/// <summary>The values that lead to the databases of SmithDB. Each part of a connection has a key of its own in their Secrets.</summary>
static class SmithDbValues
{
    public const string HostKey = "hostSecretKey";
    public const string DatabaseKey = "databaseSecretKey";
    public const string UserNameKey = "usernameSecretKey";
    public const string PasswordKey = "passwordSecretKey";

    public static ValuesPath SecretName { get; } = ValuesPath.Of("smithdb.config.existingSecretName");

    public static ValuesPath Metastore { get; } = ValuesPath.Of("smithdb.config.metastore");

    /// <summary>The values that name the keys of a Secret, below <see cref="Metastore"/> or the task database.</summary>
    public static IReadOnlyList<string> KeyNames { get; } = [HostKey, DatabaseKey, UserNameKey, PasswordKey];
}
