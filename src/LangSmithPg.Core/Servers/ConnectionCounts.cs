namespace LangSmithPg.Servers;

/// <summary>Connections of the whole server.</summary>
/// <param name="Maximum">Most connections at a time.</param>
/// <param name="Reserved">How many of them ordinary roles never get.</param>
/// <param name="InUse">Connections at present.</param>
public sealed record ConnectionCounts(int Maximum, int Reserved, int InUse)
{
    /// <summary>How many more an ordinary role could open.</summary>
    public int Free => Math.Max(0, Maximum - Reserved - InUse);
}
