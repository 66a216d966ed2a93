namespace LangSmithPg.SupportQueries;

/// <summary>What is known of a statement before it is sent.</summary>
enum StatementKind
{
    /// <summary>It reads, or the read-only transaction decides.</summary>
    Unknown,

    /// <summary>It gives lines of text: <c>COPY … TO STDOUT</c>.</summary>
    Copy,

    /// <summary>It writes.</summary>
    Write,
}
