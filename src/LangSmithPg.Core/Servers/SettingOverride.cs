using LangSmithPg.Sql;

namespace LangSmithPg.Servers;

/// <summary>A setting that <c>ALTER ROLE … SET</c> or <c>ALTER DATABASE … SET</c> imposes on every session.</summary>
/// <param name="Role">The role it is imposed on, or null for all.</param>
/// <param name="Database">The database it is imposed in, or null for all.</param>
/// <param name="Setting">Name and value, such as <c>search_path=app</c>.</param>
public sealed record SettingOverride(string? Role, string? Database, string Setting)
{
    /// <summary>The setting's name, in lower case.</summary>
    public string Name => Setting.Split('=', 2)[0].ToLowerInvariant();

    /// <summary>Its value, or the empty text.</summary>
    public string Value => Setting.Split('=', 2) is [_, var value] ? value : "";

    /// <summary>The SQL that takes it back.</summary>
    public string ResetSql => (Role, Database) switch
    {
        ({ } role, { } database) => $"ALTER ROLE {SqlIdentifier.Quote(role)} IN DATABASE {SqlIdentifier.Quote(database)} RESET {QuotedName};",
        ({ } role, null) => $"ALTER ROLE {SqlIdentifier.Quote(role)} RESET {QuotedName};",
        (null, { } database) => $"ALTER DATABASE {SqlIdentifier.Quote(database)} RESET {QuotedName};",
        _ => $"ALTER ROLE ALL RESET {QuotedName};",
    };

    // A setting of an extension's, or of one's own, has a dot in its name, which is none of an identifier's.
    string QuotedName => Name.All(character => char.IsAsciiLetterLower(character) || character == '_')
        ? Name
        : string.Join('.', Name.Split('.').Select(SqlIdentifier.Quote));
}
