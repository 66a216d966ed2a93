namespace LangSmithPg.Reports.Values;

/// <summary>Paths of files as a reader of another machine knows them: within the folder that was checked out.</summary>
static class ShortPath
{
    /// <summary>The path with slashes below the root, or the full path when it is elsewhere.</summary>
    public static string Of(string path, string root)
    {
        // A report of another system has paths that are none here.
        if (!Path.IsPathFullyQualified(root) || !Path.IsPathFullyQualified(path))
        {
            return path;
        }

        var relative = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathFullyQualified(relative) ? path : relative;
    }
}
