namespace LangSmithPg.Connections;

/// <summary>The forms in which people keep connection strings.</summary>
public enum ConnectionStringFormat
{
    /// <summary>LangSmith's own: <c>user:password@host:port/database?parameters</c>.</summary>
    LangSmith,

    /// <summary>A <c>postgres://</c> or <c>postgresql://</c> URL.</summary>
    Url,

    /// <summary>libpq's <c>host=… dbname=…</c>.</summary>
    KeyValue,

    /// <summary>ADO.NET's <c>Host=…;Database=…</c>, as the Azure portal shows it.</summary>
    AdoNet,
}
