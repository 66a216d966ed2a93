namespace LangSmithPg.Servers;

/// <summary>A setting that <c>ALTER ROLE … SET</c> or <c>ALTER DATABASE … SET</c> imposes on every session.</summary>
/// <param name="Role">The role it is imposed on, or null for all.</param>
/// <param name="Database">The database it is imposed in, or null for all.</param>
/// <param name="Setting">Name and value, such as <c>search_path=app</c>.</param>
public sealed record SettingOverride(string? Role, string? Database, string Setting);
