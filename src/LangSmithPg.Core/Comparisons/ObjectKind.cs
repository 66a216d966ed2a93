namespace LangSmithPg.Comparisons;

/// <summary>The kinds of objects that a comparison of two databases looks at.</summary>
public enum ObjectKind
{
    /// <summary>The database itself: its encoding and its collation.</summary>
    Database,

    /// <summary>A schema.</summary>
    Schema,

    /// <summary>An extension.</summary>
    Extension,

    /// <summary>A type: enum, domain, composite, range or base.</summary>
    Type,

    /// <summary>A collation.</summary>
    Collation,

    /// <summary>A table, a partitioned table or a foreign table.</summary>
    Table,

    /// <summary>A column of a table, a view or a composite type.</summary>
    Column,

    /// <summary>A constraint of a table or a domain.</summary>
    Constraint,

    /// <summary>An index that does not belong to a constraint.</summary>
    Index,

    /// <summary>A sequence: its definition and its next value.</summary>
    Sequence,

    /// <summary>A view.</summary>
    View,

    /// <summary>A materialized view.</summary>
    MaterializedView,

    /// <summary>A function, procedure or aggregate.</summary>
    Function,

    /// <summary>A trigger.</summary>
    Trigger,

    /// <summary>A rewrite rule.</summary>
    Rule,

    /// <summary>A policy of row level security.</summary>
    Policy,

    /// <summary>Extended statistics.</summary>
    Statistics,

    /// <summary>An operator.</summary>
    Operator,

    /// <summary>A cast.</summary>
    Cast,

    /// <summary>An event trigger.</summary>
    EventTrigger,

    /// <summary>A publication.</summary>
    Publication,

    /// <summary>The large objects of the database.</summary>
    LargeObject,
}
