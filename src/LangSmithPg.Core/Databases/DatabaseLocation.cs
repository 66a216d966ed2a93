namespace LangSmithPg.Databases;

/// <summary>Where a database of a LangSmith release is.</summary>
public enum DatabaseLocation
{
    /// <summary>It depends on more than values.</summary>
    Unknown,

    /// <summary>Nothing uses it.</summary>
    Off,

    /// <summary>The chart installs a PostgreSQL for it in the cluster.</summary>
    InCluster,

    /// <summary>On a server of your own.</summary>
    External,
}
