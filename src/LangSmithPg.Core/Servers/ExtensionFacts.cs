
namespace LangSmithPg.Servers;

/// <summary>An extension that LangSmith needs, as the server has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="InstalledVersion">The version that is installed in the database, or null.</param>
/// <param name="Schema">The schema that its objects are in, or null when it is not installed.</param>
/// <param name="Owner">The role that owns it, or null when it is not installed.</param>
/// <param name="AvailableVersion">The version that the server would install, or null when it has no files for it or its files were not read.</param>
/// <param name="Trusted">
/// Whether a role that may create in the database may install it without being a superuser; null where that decides nothing: when it
/// is installed already or cannot be had, or the role that looked is a superuser or may not create in the database. Null too where the
/// server has a control file for it and nothing to install.
/// </param>
/// <param name="NameTakenBy">What has the name of one of its types in LangSmith's schema without belonging to it, such as <c>DOMAIN citext</c>; or null.</param>
/// <param name="IndexesUuid">Whether its operator classes index a uuid; null for extensions that have none, or when it is not installed.</param>
public sealed record ExtensionFacts(
    string Name, string? InstalledVersion, string? Schema, string? Owner, string? AvailableVersion, bool? Trusted,
    string? NameTakenBy = null, bool? IndexesUuid = null);
