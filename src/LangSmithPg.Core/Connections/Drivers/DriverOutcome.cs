namespace LangSmithPg.Connections.Drivers;

/// <summary>What a reader makes of a connection string.</summary>
public enum DriverOutcome
{
    /// <summary>It reads what was meant.</summary>
    Accepted,

    /// <summary>It reports an error and connects nowhere.</summary>
    Refused,

    /// <summary>It takes the text for something other than what was meant.</summary>
    Misread,
}
