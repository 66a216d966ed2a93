namespace LangSmithPg.Comparisons;

/// <summary>What is compared, and how.</summary>
sealed record ComparisonRequest
{
    /// <summary>Decides by its name with its schema whether a table is compared.</summary>
    public Func<string, bool> TakesTable { get; init; } = static _ => true;

    /// <summary>Decides by its name whether the objects of a schema are compared.</summary>
    public Func<string, bool> TakesSchema { get; init; } = static _ => true;

    /// <summary>Whether only some tables are asked for. The definitions of other objects are not compared then.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether to look for the rows that differ.</summary>
    public bool IsDetailed { get; init; }

    /// <summary>The most rows that differ to look for in each table.</summary>
    public int MaximumRows { get; init; } = 100;

    /// <summary>How many sessions to read with on each server.</summary>
    public int Sessions { get; init; } = 4;

    /// <summary>The size in bytes from which a table with a key is compared in a sample.</summary>
    public long SampleAbove { get; init; } = long.MaxValue;

    /// <summary>How many of a hundred rows a sample has.</summary>
    public double SamplePercent { get; init; } = 1;

    /// <summary>The most time for one statement.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The tables that an earlier run found equal, by name.</summary>
    public IReadOnlyDictionary<string, KnownTable> Known { get; init; } = new Dictionary<string, KnownTable>();

    /// <summary>Told each table that is found equal, so that a later run need not read it again. Called on any thread, one at a time.</summary>
    public Action<KnownTable>? Record { get; init; }

    /// <summary>Which rows of a table are compared; null for all.</summary>
    /// <param name="table">The table.</param>
    public RowSample? SampleOf(ComparedTable table) => table.Bytes >= SampleAbove && table.Key.Count > 0 ? new(SamplePercent) : null;
}
