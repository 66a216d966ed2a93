using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting;

/// <summary>The values that lead to the databases of SmithDB. Each part of a connection has a key of its own in their Secrets.</summary>
static class SmithDbValues
{
    public const string HostKey = "hostSecretKey";
    public const string DatabaseKey = "databaseSecretKey";
    public const string UserNameKey = "usernameSecretKey";
    public const string PasswordKey = "passwordSecretKey";
    public const string IamUserNameKey = "iamUsername";

    public static ValuesPath SecretName { get; } = ValuesPath.Of("smithdb.config.existingSecretName");

    public static ValuesPath Metastore { get; } = ValuesPath.Of("smithdb.config.metastore");

    /// <summary>The values that name the keys of a Secret, below <see cref="Metastore"/> or the task database.</summary>
    public static IReadOnlyList<string> KeyNames { get; } = [HostKey, DatabaseKey, UserNameKey, PasswordKey];

    /// <summary>
    /// The user of the metastore, where the values name it: the chart then ignores the user of the Secret, with a cloud's identity or without.
    /// Null where they do not, or the chart does not read it.
    /// </summary>
    public static string? UserName(LintInput input) => KnowsIdentities(input) ? input.Text(Metastore.Child(IamUserNameKey)) : null;

    /// <summary>
    /// Those of <see cref="KeyNames"/> without which the metastore has no connection: the chart checks for the user's even where it ignores it.
    /// Source: <c>templates/validate.yaml</c> of the chart.
    /// </summary>
    public static IEnumerable<string> RequiredKeyNames(LintInput input) =>
    [
        HostKey,
        DatabaseKey,
        .. input.SkipsValidation && UserName(input) is not null ? [] : (string[])[UserNameKey],
        .. input.SkipsValidation || (KnowsIdentities(input) && input.Text(Metastore.Child("iamAuthProvider")) is not null) ? [] : (string[])[PasswordKey],
    ];

    /// <summary>Those of <see cref="KeyNames"/> whose keys the pods of the metastore read. Source: <c>templates/_helpers.tpl</c> of the chart.</summary>
    public static IEnumerable<string> ReadKeyNames(LintInput input) =>
        KeyNames.Where(name => (name != UserNameKey || UserName(input) is null) && input.Text(Metastore.Child(name)) is not null);

    static bool KnowsIdentities(LintInput input) => input.Chart.OtherDatabases.Any(one => one.Path.Equals(Metastore) && one.IamKey is not null);
}
