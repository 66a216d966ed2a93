namespace LangSmithPg.Sandbox.Npm;

/// <summary>A package of the npm registry, pinned by its exact version and the hash of its archive.</summary>
/// <param name="Name">The name with its scope.</param>
/// <param name="Version">The exact version.</param>
/// <param name="Integrity">The SHA-512 of the archive as npm writes it: <c>sha512-</c> and Base64.</param>
sealed record NpmPackage(string Name, string Version, string Integrity)
{
    /// <summary>The name and version as one folder name.</summary>
    internal string FolderName => $"{Name.Split('/')[^1]}-{Version}";

    public override string ToString() => $"{Name}@{Version}";
}
