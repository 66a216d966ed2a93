namespace LangSmithPg.Connections;

/// <summary>What a PostgreSQL database of a LangSmith release is for.</summary>
public enum DatabasePurpose
{
    /// <summary>Of a chart that this module does not know.</summary>
    Unknown,

    /// <summary>LangSmith itself: users, workspaces, datasets, runs.</summary>
    LangSmith,

    /// <summary>The agents of Fleet.</summary>
    Fleet,

    /// <summary>The agents of Insights; from chart 0.16.0 on also of Engine.</summary>
    Insights,

    /// <summary>The agents of Polly.</summary>
    Polly,

    /// <summary>The catalog of SmithDB.</summary>
    SmithDbMetastore,

    /// <summary>The tasks of the migration to SmithDB, which is needed until the migration is complete.</summary>
    SmithDbTaskDb,
}
