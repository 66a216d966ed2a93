namespace LangSmithPg.Comparisons;

/// <summary>A table that both databases have, with its partitions: what is compared as one.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reference">The tables of the reference that hold its rows.</param>
/// <param name="Difference">The tables of the other database that hold its rows.</param>
sealed record ComparedTable(string Schema, string Name, IReadOnlyList<StoredTable> Reference, IReadOnlyList<StoredTable> Difference)
{
    /// <summary>The columns that both have, in the order of the reference.</summary>
    public IReadOnlyList<TableColumn> Columns { get; } = Common(Reference[0].Columns, Difference[0].Columns);

    /// <summary>Its size in the reference.</summary>
    public long Bytes => Reference.Sum(table => table.Bytes);

    /// <summary>Its name with its schema.</summary>
    public string FullName => DatabaseObject.Join(Schema, Name);

    /// <summary>The columns that tell its rows apart in both databases; empty where there are none.</summary>
    public IReadOnlyList<TableColumn> Key
    {
        get
        {
            var names = Reference[0].Key.Count > 0 ? Reference[0].Key : Difference[0].Key;
            List<TableColumn> columns = [.. Columns.Where(column => names.Contains(column.Name))];
            return columns.Count == names.Count ? columns : [];
        }
    }

    /// <summary>The tables of one side.</summary>
    /// <param name="isReference">Whether it is the reference.</param>
    public IReadOnlyList<StoredTable> Of(bool isReference) => isReference ? Reference : Difference;

    /// <summary>The tables that both databases have, the largest first.</summary>
    public static IReadOnlyList<ComparedTable> Match(IReadOnlyList<StoredTable> reference, IReadOnlyList<StoredTable> difference)
    {
        var others = difference.ToLookup(Root);
        return
        [
            .. reference.GroupBy(Root).Where(group => others.Contains(group.Key))
                .Select(group => new ComparedTable(group.Key.RootSchema, group.Key.RootName, [.. group], [.. others[group.Key]]))
                .OrderByDescending(table => table.Bytes),
        ];

        static (string RootSchema, string RootName) Root(StoredTable table) => (table.RootSchema, table.RootName);
    }

    // Both sides must make the same text of a value.
    static IReadOnlyList<TableColumn> Common(IReadOnlyList<TableColumn> reference, IReadOnlyList<TableColumn> difference)
    {
        var others = difference.ToDictionary(column => column.Name);
        return
        [
            .. reference.Where(column => others.ContainsKey(column.Name)).Select(column => column with
            {
                IsNotNull = column.IsNotNull && others[column.Name].IsNotNull,
                IsPlain = column.IsPlain && others[column.Name].IsPlain,
            }),
        ];
    }
}
