namespace LangSmithPg.Sandbox.PgBouncer;

/// <summary>When pgbouncer takes a server connection back from its client.</summary>
public enum PoolMode
{
    /// <summary>When the client disconnects.</summary>
    Session,

    /// <summary>After each transaction.</summary>
    Transaction,

    /// <summary>After each statement.</summary>
    Statement,
}
