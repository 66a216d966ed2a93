namespace LangSmithPg.Files;

/// <summary>Folders that are kept under version control.</summary>
static class WorkTree
{
    static readonly string[] Marks = [".git", ".hg", ".svn"];

    /// <summary>Whether a file lies in one. Whether it is itself kept is not asked: what is not, may be tomorrow.</summary>
    /// <param name="path">Full path of the file.</param>
    public static bool Holds(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            // In a further work tree of Git, the mark is a file.
            if (Marks.Any(mark => Path.Exists(Path.Combine(folder, mark))))
            {
                return true;
            }
        }

        return false;
    }
}
