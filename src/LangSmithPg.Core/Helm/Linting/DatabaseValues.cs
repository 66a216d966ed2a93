using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Helm.Linting;

/// <summary>The values of one database, LangSmith's own or another, as the chart reads them: a Secret first, then a URL, then its parts.</summary>
sealed class DatabaseValues
{
    static readonly string[] PartNames = ["host", "port", "user", "database"];

    readonly LintInput _input;

    public DatabaseValues(LintInput input, ValuesPath root) => (_input, Root) = (input, root);

    public ValuesPath Root { get; }

    public bool IsExternal => _input.IsTrue(Root.Child("enabled"));

    public string? SecretName => _input.Text(Root.Child("existingSecretName"));

    public string? Url => SecretName is null ? _input.Text(Root.Child("connectionUrl")) : null;

    public string? HostName => SecretName is null && Url is null ? _input.Text(Root.Child("host")) : null;

    /// <summary>Whether the chart makes the Secret itself.</summary>
    public bool IsInValues => Url is not null || HostName is not null;

    /// <summary>Where the connection is: the location for findings about it.</summary>
    public ValuesPath Place => Root.Child(SecretName is not null ? "existingSecretName" : Url is not null ? "connectionUrl" : "host");

    /// <summary>The connection as far as it can be read from the values; null where a Secret or another tool holds it, or it is wrong.</summary>
    public PgConnectionString? Connection => Url is { } url
        ? Placeholder.IsIn(url) ? null : PgConnectionString.Parse(url).Connection
        : HostName is { } host && !Parts.Any(part => part is not null && Placeholder.IsIn(part))
            ? PgConnectionString.FromParts(new()
            {
                HostName = host,
                Port = int.TryParse(Part("port") ?? "5432", out var port) ? port : 5432,
                UserName = Part("user") ?? "postgres",
                Database = Part("database") ?? "postgres",
            }).Connection
            : null;

    /// <summary>A part of the host form; null where the chart's own value holds.</summary>
    public string? Part(string key) => _input.Text(Root.Child(key));

    IEnumerable<string?> Parts => PartNames.Select(Part);
}
