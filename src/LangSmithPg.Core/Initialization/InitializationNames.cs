using LangSmithPg.Connections;

namespace LangSmithPg.Initialization;

/// <summary>The databases to set up, each with its role: of the names that were given, and of those that were not.</summary>
static class InitializationNames
{
    /// <summary>The name of a database unless another one is given.</summary>
    /// <param name="purpose">What the database is for.</param>
    public static string Database(DatabasePurpose purpose) => purpose switch
    {
        DatabasePurpose.SmithDbMetastore => "smithdb_metastore",
        DatabasePurpose.SmithDbTaskDb => "smithdb_taskdb",
        _ => purpose.ToString().ToLowerInvariant(),
    };

    /// <summary>The name of a role unless another one is given.</summary>
    /// <param name="database">Name of its database.</param>
    public static string Role(string database) => $"{database}_app";

    /// <summary>Why names cannot be put together with purposes, and what to do; null when they can.</summary>
    /// <param name="purposes">What the databases are for.</param>
    /// <param name="databases">Their names: one for each, or none.</param>
    /// <param name="roles">Their roles: one for each, one for all, or none.</param>
    public static (string Message, string Fix)? Problem(IReadOnlyList<DatabasePurpose> purposes, IReadOnlyList<string> databases, IReadOnlyList<string> roles) =>
        purposes.GroupBy(one => one).FirstOrDefault(group => group.Count() > 1) is { } twice ? ($"-Purpose specifies {twice.Key} more than once.", "Specify each purpose once.")
        : databases.Count > 0 && databases.Count != purposes.Count ? Miscounted("-NewDatabase", databases.Count, purposes.Count, "")
        : roles.Count > 1 && roles.Count != purposes.Count ? Miscounted("-RoleName", roles.Count, purposes.Count, " or one role for all of them,")
        : databases.GroupBy(one => one, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } same
            ? ($"-NewDatabase specifies {same.Key} for more than one purpose.", "Specify another name for each: two products cannot share a database.")
        : null;

    /// <summary>Puts them together. Call only when there is no <see cref="Problem"/>.</summary>
    /// <param name="purposes">What the databases are for.</param>
    /// <param name="databases">Their names, or none.</param>
    /// <param name="roles">Their roles, or none.</param>
    public static IEnumerable<(DatabasePurpose Purpose, string Database, string Role)> Pair(
        IReadOnlyList<DatabasePurpose> purposes, IReadOnlyList<string> databases, IReadOnlyList<string> roles) => purposes.Select((purpose, index) =>
    {
        var database = databases.Count == 0 ? Database(purpose) : databases[index];
        return (purpose, database, roles.Count == 0 ? Role(database) : roles.Count == 1 ? roles[0] : roles[index]);
    });

    static (string Message, string Fix) Miscounted(string parameter, int names, int purposes, string orOne) => (
        $"{parameter} specifies {Count(names, "name")} for {Count(purposes, "purpose")}.",
        $"Specify one name for each purpose, in the order of -Purpose,{orOne} or omit {parameter}.");

    static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
