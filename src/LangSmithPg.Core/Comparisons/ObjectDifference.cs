using LangSmithPg.Common;

namespace LangSmithPg.Comparisons;

/// <summary>An object of a database that is not as in the reference.</summary>
public sealed record ObjectDifference
{
    /// <summary>The kind of object.</summary>
    public required ObjectKind Kind { get; init; }

    /// <summary>Its name with its schema, such as <c>public.runs.name</c> for a column.</summary>
    public required string Name { get; init => field = VisibleText.Line(value); }

    /// <summary>How it differs.</summary>
    public required ObjectChange Change { get; init; }

    /// <summary>
    /// <see cref="FindingStatus.Fail"/>; <see cref="FindingStatus.Warning"/> for what does not change what LangSmith stores or reads, such as an
    /// owner; or <see cref="FindingStatus.Unknown"/> where two versions of PostgreSQL may write the same definition in different ways.
    /// </summary>
    public required FindingStatus Status { get; init; }

    /// <summary>What differs, such as <c>default</c>; null for an object that one database does not have.</summary>
    public string? Property { get; init; }

    /// <summary>What the reference has; null for nothing.</summary>
    public string? Reference { get; init => field = value is null ? null : VisibleText.Of(value); }

    /// <summary>What the other database has; null for nothing.</summary>
    public string? Difference { get; init => field = value is null ? null : VisibleText.Of(value); }

    /// <summary>SQL that sets the other database right; null where there is none.</summary>
    public string? Fix { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Change switch
    {
        ObjectChange.Missing => $"{Kind} {Name} is missing",
        ObjectChange.Extra => $"{Kind} {Name} is not in the reference",
        _ => $"{Kind} {Name}: {Property} {Shown(Reference)}, now {Shown(Difference)}",
    };

    static string Shown(string? value) => value switch
    {
        null => "not set",
        { Length: <= MaximumShown } => value.ReplaceLineEndings(" "),
        _ => $"{value.AsSpan(0, MaximumShown)}…".ReplaceLineEndings(" "),
    };

    const int MaximumShown = 60;
}
