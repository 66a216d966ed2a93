using LangSmithPg.Common;

namespace LangSmithPg.Clouds;

/// <summary>The commands of the clouds' own tools that change a server.</summary>
static class CloudCommand
{
    /// <summary>The command that changes a server; null where its cloud has none for it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="azure">The options of <c>az postgres flexible-server update</c>.</param>
    /// <param name="rds">The options of <c>aws rds modify-db-instance</c> or <c>modify-db-cluster</c>.</param>
    /// <param name="cloudSql">The options of <c>gcloud sql instances patch</c>.</param>
    public static Remedy? Change(CloudServer server, string? azure, string? rds, string? cloudSql) => server switch
    {
        { Provider: ServerProvider.Azure } when azure is not null => Azure(server, "update", azure),
        { Provider: ServerProvider.AmazonRds or ServerProvider.AmazonAurora } when rds is not null => Rds(server, "modify", $"{rds} --apply-immediately"),
        { Provider: ServerProvider.GoogleCloudSql } when cloudSql is not null => CloudSql(server, cloudSql),
        _ => null,
    };

    /// <summary>The command that starts a stopped server.</summary>
    /// <param name="server">The server.</param>
    public static Remedy? Start(CloudServer server) => server.Provider switch
    {
        ServerProvider.Azure => Azure(server, "start", options: null),
        ServerProvider.AmazonRds or ServerProvider.AmazonAurora => Rds(server, "start", options: null),
        ServerProvider.GoogleCloudSql => CloudSql(server, "--activation-policy=ALWAYS"),
        _ => null,
    };

    /// <summary>The option that sets a flag of Cloud SQL. It replaces all flags, so that it names those that are set; null where that cannot be written.</summary>
    /// <param name="server">The server.</param>
    /// <param name="flag">The flag, as <c>name=value</c>.</param>
    public static string? Flags(CloudServer server, string flag) =>
        server.DatabaseFlags.All(IsPlain) ? $"--database-flags={string.Join(',', server.DatabaseFlags.Append(flag))}" : null;

    /// <summary>The commands that give a server of Cloud SQL a new certificate authority.</summary>
    /// <param name="server">The server.</param>
    public static Remedy NewAuthority(CloudServer server)
    {
        var instance = Plain(server.Name, "<instance>");
        return Remedy.Shell($"""
            gcloud sql ssl server-ca-certs create --instance={instance}
            # when LangSmith trusts the new authority too
            gcloud sql ssl server-ca-certs rotate --instance={instance}
            """.ReplaceLineEndings("\n"));
    }

    static Remedy Azure(CloudServer server, string verb, string? options) => Shell(
        $"az postgres flexible-server {verb} --resource-group {Plain(server.ResourceGroup, "<group>")} --name {Plain(server.Name, "<server>")}", options);

    static Remedy Rds(CloudServer server, string verb, string? options) => server.IsCluster
        ? Shell($"aws rds {verb}-db-cluster --db-cluster-identifier {Plain(server.Name, "<cluster>")}", options)
        : Shell($"aws rds {verb}-db-instance --db-instance-identifier {Plain(server.Name, "<instance>")}", options);

    static Remedy CloudSql(CloudServer server, string options) => Shell($"gcloud sql instances patch {Plain(server.Name, "<instance>")}", options);

    static Remedy Shell(string command, string? options) => Remedy.Shell(options is null ? command : $"{command} {options}");

    // What is pasted into a shell: a name that could be more than a name there is left to the admin.
    static string Plain(string? name, string placeholder) => name is not null && IsPlain(name) ? name : placeholder;

    static bool IsPlain(string text) => text is { Length: > 0 and <= 100 } && char.IsAsciiLetterOrDigit(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':' or '=');
}
