namespace LangSmithPg.Sandbox.Postgres;

/// <summary>How a server stops.</summary>
public enum PostgresStopMode
{
    /// <summary>Waits until every client is gone.</summary>
    Smart,

    /// <summary>Disconnects the clients and shuts down cleanly.</summary>
    Fast,

    /// <summary>Quits at once: the next start recovers as after a crash.</summary>
    Immediate,
}
