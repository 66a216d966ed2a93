namespace LangSmithPg.Servers;

/// <summary>An extension that LangSmith needs, as the server has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="InstalledVersion">The version that is installed in the database, or null.</param>
/// <param name="Schema">The schema that its objects are in, or null when it is not installed.</param>
/// <param name="Owner">The role that owns it, or null when it is not installed.</param>
/// <param name="AvailableVersion">The version that the server would install; null when it has no files for it, or when it is installed already.</param>
/// <param name="Trusted">
/// Whether a role that may create in the database may install it without being a superuser; null where that decides nothing: when it
/// is installed already or cannot be had, or the role that looked is a superuser or may not create in the database.
/// </param>
public sealed record ExtensionFacts(
    string Name, string? InstalledVersion, string? Schema, string? Owner, string? AvailableVersion, bool? Trusted);
