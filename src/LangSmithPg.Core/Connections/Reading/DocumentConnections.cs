using LangSmithPg.Common;
using LangSmithPg.Documents;

namespace LangSmithPg.Connections.Reading;

/// <summary>
/// Finds the connections in a document: a Secret or a list of them, Helm values, <c>appsettings.json</c>, the output of Terraform, a secret
/// of a vault. What is no connection is passed over.
/// </summary>
static class DocumentConnections
{
    // The keys of LangSmith's chart, and the names under which others keep a connection string.
    static readonly HashSet<string> Names = new(
        ["connection_url", "connectionUrl", "postgres_connection_url", "connectionString", .. ConnectionNames.Variables], StringComparer.OrdinalIgnoreCase);

    static readonly (string Part, string[] Names)[] PartNames =
    [
        ("host", ["host", "hostName", "postgres_host", "fqdn", "address"]),
        ("port", ["port", "postgres_port"]),
        ("database", ["database", "dbname", "databaseName", "postgres_db"]),
        ("user", ["user", "userName", "postgres_user"]),
        ("password", ["password", "postgres_password"]),
    ];

    /// <summary>Finds them, in the order of the document.</summary>
    /// <param name="root">The document.</param>
    public static IEnumerable<FoundConnection> Find(DocumentNode root) => root switch
    {
        DocumentList list => list.Items.SelectMany(Find),
        DocumentMap map when Text(map, "kind") is { } kind && map["apiVersion"] is not null => FromManifest(map, kind),
        DocumentMap map => FromMap(map),
        _ => [],
    };

    static IEnumerable<FoundConnection> FromManifest(DocumentMap map, string kind) => kind switch
    {
        "Secret" => FromSecret(map),
        _ when map["items"] is DocumentList items => items.Items.SelectMany(Find),
        _ => [],
    };

    static List<FoundConnection> FromSecret(DocumentMap secret)
    {
        var name = secret["metadata"] is DocumentMap metadata ? Text(metadata, "name") : null;
        return FromEntries(SecretData.Of(secret), key => $"Secret {name}, key {key}", $"Secret {name}");
    }

    static IEnumerable<FoundConnection> FromMap(DocumentMap map)
    {
        if (map["postgres"] is DocumentMap postgres && postgres["external"] is DocumentMap external)
        {
            return FromValues(external);
        }

        if (map["ConnectionStrings"] is DocumentMap strings)
        {
            return strings.Entries.Where(entry => entry.Value is DocumentText text && IsPostgres(text.Value))
                .Select(entry => new FoundConnection($"ConnectionStrings:{entry.Key}") { Text = ((DocumentText)entry.Value).Value });
        }

        if (Text(map, nameof(PgConnectionString.HasPassword)) == "true" && map[nameof(PgConnectionString.FileParameters)] is not null)
        {
            return [new("document") { HasLostPassword = true }];
        }

        // Terraform: an object with a value for each output.
        var outputs = map.Entries.Count > 0 && map.Entries.All(entry => entry.Value is DocumentMap output && output["value"] is not null && output["sensitive"] is not null);
        return outputs
            ? FromEntries(DocumentMap.Of(map.Entries.Select(entry => (entry.Key, ((DocumentMap)entry.Value)["value"]))), key => $"output {key}", "outputs")
            : FromEntries(map, key => key, "document");
    }

    // LangSmith's own database: a Secret first, then a URL, then its parts, as the chart reads them.
    static IEnumerable<FoundConnection> FromValues(DocumentMap external)
    {
        const string Place = "postgres.external";
        var rest = new PartialConnection { Schema = Text(external, "schema"), IamAuthProvider = Provider(Text(external, "iamAuthProvider")) };
        if (Text(external, "existingSecretName") is { } name)
        {
            return [new($"{Place}.existingSecretName") { SecretName = name }];
        }

        if (Text(external, "connectionUrl") is { } url)
        {
            return [new($"{Place}.connectionUrl") { Text = url, Parts = rest }];
        }

        // The chart's own defaults for what the values do not say.
        return Text(external, "host") is not { } host ? [] :
        [
            new($"{Place}.host")
            {
                Parts = rest with
                {
                    HostName = host, Port = Port(Text(external, "port")), UserName = Text(external, "user") ?? "postgres", Password = Secret.From(Text(external, "password") ?? "postgres"),
                    Database = Text(external, "database") ?? "postgres",
                },
            },
        ];
    }

    static List<FoundConnection> FromEntries(DocumentMap entries, Func<string, string> place, string whole)
    {
        List<FoundConnection> found = [];
        foreach (var (key, value) in entries.Entries)
        {
            if (value is DocumentText { Value: var text } && (Names.Contains(key) || ConnectionNames.IsUrl(text)))
            {
                found.Add(new(place(key)) { Text = text });
            }
            else if (value is DocumentMap below)
            {
                found.AddRange(FromEntries(below, child => $"{place(key)}.{child}", place(key)));
            }
        }

        return found.Count == 0 && FromParts(entries) is { } parts ? [new(whole) { Parts = parts }] : found;
    }

    // Host, database and user as entries of their own: a secret of AWS, SmithDB's Secret.
    static PartialConnection? FromParts(DocumentMap entries)
    {
        var parts = PartNames.ToDictionary(one => one.Part, one => one.Names.Select(name => entries.Entries.FirstOrDefault(entry => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value)
            .OfType<DocumentText>().Select(text => text.Value).FirstOrDefault(text => text.Length > 0));
        return parts["host"] is null || parts["user"] is null ? null : new()
        {
            HostName = parts["host"], Port = Port(parts["port"]), Database = parts["database"], UserName = parts["user"], Password = Secret.From(parts["password"]),
        };
    }

    // An application may have connection strings of other databases beside.
    static bool IsPostgres(string text) => PgConnectionString.Parse(text) is { Connection: not null } or { Format: ConnectionStringFormat.Url };

    static int? Port(string? text) => int.TryParse(text, out var port) ? port : null;

    static IamAuthProvider? Provider(string? text) => Enum.TryParse<IamAuthProvider>(text, ignoreCase: true, out var provider) && Enum.IsDefined(provider) ? provider : null;

    static string? Text(DocumentMap map, string key) => map[key] is DocumentText { Value.Length: > 0 } text ? text.Value : null;
}
