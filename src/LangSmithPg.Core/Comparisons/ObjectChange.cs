namespace LangSmithPg.Comparisons;

/// <summary>How something in the database that is compared differs from the reference.</summary>
public enum ObjectChange
{
    /// <summary>The reference has it, the other database does not.</summary>
    Missing,

    /// <summary>The reference does not have it, the other database does.</summary>
    Extra,

    /// <summary>Both have it, and it is not the same.</summary>
    Different,
}
