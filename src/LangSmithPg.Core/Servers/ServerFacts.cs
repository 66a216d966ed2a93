using LangSmithPg.Clouds;

namespace LangSmithPg.Servers;

/// <summary>What a PostgreSQL server says of itself, of the database, and of the role that looked. Plain facts: rules judge them.</summary>
/// <param name="Server">The server.</param>
/// <param name="Database">The database that was connected to.</param>
/// <param name="Role">The role that was logged in as.</param>
/// <param name="Schema">The schema that LangSmith is to use.</param>
/// <param name="SearchPath">Schemas that the session searched, the implicit <c>pg_catalog</c> included.</param>
/// <param name="Overrides">Settings that the database or the role imposes on every session.</param>
/// <param name="Extensions">The extensions that the database needs, by name.</param>
/// <param name="Settings">Values of the settings that rules look at, as the server writes them; settings that it lacks are absent.</param>
/// <param name="ProviderRoles">Roles that only a cloud's own machinery creates.</param>
/// <param name="ProviderFunctions">Functions that only a cloud's own machinery creates.</param>
/// <param name="Connections">How many connections the server allows and has.</param>
/// <param name="Tls">TLS as the server sees it.</param>
public sealed record ServerFacts(
    ServerIdentity Server,
    DatabaseFacts Database,
    RoleFacts Role,
    SchemaFacts Schema,
    IReadOnlyList<string> SearchPath,
    IReadOnlyList<SettingOverride> Overrides,
    IReadOnlyList<ExtensionFacts> Extensions,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<string> ProviderRoles,
    IReadOnlyList<string> ProviderFunctions,
    ConnectionCounts Connections,
    TlsFacts? Tls)
{
    /// <summary>Why the server could not read the control files of its extensions, in its own words; or null.</summary>
    public string? ControlFileError { get; init; }

    /// <summary>Whether the server works well for years, or null where it does not tell the role that looked.</summary>
    public ServerHealth? Health { get; init; }

    /// <summary>Why there is no <see cref="Health"/>, in the server's own words; or null.</summary>
    public string? HealthError { get; init; }

    /// <summary>The names of the other databases of the server that are not templates, at most 20 of them; null where they were not recorded.</summary>
    public IReadOnlyList<string>? OtherDatabases { get; init => field = value?.ToArray(); }

    /// <summary>Who runs the server.</summary>
    public ServerProvider Provider => ServerProviders.Detect(this);

    /// <summary>The value of a setting, or null when the server has no such setting.</summary>
    /// <param name="name">Name of the setting, such as <c>azure.extensions</c>.</param>
    public string? Setting(string name) => Settings.GetValueOrDefault(name);
}

/// <summary>TLS as the server itself sees it, which is not what the client sees when something in between ends it.</summary>
/// <param name="Encrypted">Whether the connection reaches the server encrypted.</param>
/// <param name="Protocol">Such as <c>TLSv1.3</c>, or null.</param>
/// <param name="Cipher">Name of the cipher, or null.</param>
public sealed record TlsFacts(bool Encrypted, string? Protocol, string? Cipher);

/// <summary>Connections of the whole server.</summary>
/// <param name="Maximum">Most connections at a time.</param>
/// <param name="Reserved">How many of them ordinary roles never get.</param>
/// <param name="InUse">Connections at present.</param>
public sealed record ConnectionCounts(int Maximum, int Reserved, int InUse)
{
    /// <summary>How many more an ordinary role could open.</summary>
    public int Free => Math.Max(0, Maximum - Reserved - InUse);
}
