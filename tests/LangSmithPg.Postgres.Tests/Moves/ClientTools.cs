namespace LangSmithPg.Postgres.Tests.Moves;

/// <summary>pg_dump, pg_restore and psql of one major version: the installed ones, or those that <c>.ci/postgresql-17</c> brings.</summary>
static class ClientTools
{
    /// <summary>Their folder. Skips the test where they are not.</summary>
    /// <param name="major">The version.</param>
    public static string Folder(int major)
    {
        string[] folders = [$"/usr/lib/postgresql/{major}/bin", .. Brought(major)];
        var found = folders.FirstOrDefault(folder => File.Exists(Path.Join(folder, "pg_dump")));
        Assert.SkipWhen(found is null, $"pg_dump {major} is not on this machine.");
        return found;
    }

    static IEnumerable<string> Brought(int major)
    {
        var folder = Environment.GetEnvironmentVariable($"LANGSMITHPG_POSTGRESQL_{major}");
        return [Path.Join(string.IsNullOrEmpty(folder) ? $"/var/cache/langsmithpg-postgresql-{major}" : folder, "bin")];
    }
}
