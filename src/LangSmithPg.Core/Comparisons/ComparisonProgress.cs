namespace LangSmithPg.Comparisons;

/// <summary>How far a comparison is.</summary>
/// <param name="Activity">What is done.</param>
/// <param name="DoneBytes">How much is read, on both servers.</param>
/// <param name="TotalBytes">How much there is to read; 0 where it is not known yet.</param>
/// <param name="Elapsed">How long it took so far.</param>
readonly record struct ComparisonProgress(string Activity, long DoneBytes, long TotalBytes, TimeSpan Elapsed)
{
    /// <summary>How many bytes are read in a second.</summary>
    public double BytesPerSecond => Elapsed.TotalSeconds > 0 ? DoneBytes / Elapsed.TotalSeconds : 0;

    /// <summary>How long it will take; null where there is nothing to tell it by.</summary>
    public TimeSpan? Left => DoneBytes > 0 && TotalBytes > 0 ? TimeSpan.FromSeconds((TotalBytes - DoneBytes) / BytesPerSecond) : null;
}
