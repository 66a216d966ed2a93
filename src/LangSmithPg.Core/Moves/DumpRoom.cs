using LangSmithPg.Common;

namespace LangSmithPg.Moves;

/// <summary>Whether a folder has room for the dump of a database. How well its data can be compressed shows only then.</summary>
static class DumpRoom
{
    // A dump has no indexes, and text in it shrinks to a fraction.
    const int Least = 10;
    const int Most = 2;

    /// <summary>What to say of a folder that has too little, or perhaps; or null.</summary>
    /// <param name="free">How many bytes are free.</param>
    /// <param name="size">The size of the database in bytes.</param>
    public static (bool IsEnough, string Message)? Evaluate(long free, long size) => free >= size / Most ? null
        : free >= size / Least ? (true, $"{Both(free, size)}: the dump, which is compressed, usually takes less than half of that.")
        : (false, $"{Both(free, size)}: the dump, although compressed, usually takes more than a tenth of that. Nothing was changed.");

    static string Both(long free, long size) => $"The folder for the dump has {ByteSize.Text(free)} of free space, and the database has {ByteSize.Text(size)}";
}
