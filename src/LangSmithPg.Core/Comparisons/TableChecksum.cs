using System.Numerics;

namespace LangSmithPg.Comparisons;

/// <summary>How many rows a table has, and the sum of their hashes, which does not depend on their order.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Sum">The sum of the hashes of those that are compared.</param>
/// <param name="Problem">Why it is not known, in the server's words; null where it is.</param>
sealed record TableChecksum(long Rows, BigInteger Sum, string? Problem = null)
{
    /// <summary>A table whose rows could not be added up.</summary>
    /// <param name="problem">Why, in the server's words.</param>
    public static TableChecksum Unknown(string problem) => new(0, 0, problem);

    /// <summary>Adds the rows of another piece.</summary>
    public TableChecksum Plus(TableChecksum other) => new(Rows + other.Rows, Sum + other.Sum, Problem ?? other.Problem);
}
