using LangSmithPg.Connections;

namespace LangSmithPg.Databases;

/// <summary>The chart, or the product that a database is for, cannot use a connection as it is meant.</summary>
public sealed class DatabaseNotSupportedException : InvalidOperationException
{
    /// <summary>Says what is not supported, and what to do.</summary>
    /// <param name="purpose">What the database is for.</param>
    /// <param name="message">What is not supported.</param>
    /// <param name="fix">What to do.</param>
    public DatabaseNotSupportedException(DatabasePurpose purpose, string message, string fix)
        : base(message) => (Purpose, Fix) = (purpose, fix);

    internal static DatabaseNotSupportedException NoPurpose() =>
        new(DatabasePurpose.Unknown, "The purpose of the database is not specified.", "Specify it with -Purpose, such as Fleet or SmithDbMetastore.");

    /// <summary>What the database is for.</summary>
    public DatabasePurpose Purpose { get; }

    /// <summary>What to do.</summary>
    public string Fix { get; }
}
