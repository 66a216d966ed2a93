namespace LangSmithPg.SupportQueries;

/// <summary>What a piece of a script is to psql.</summary>
enum SqlTokenKind
{
    /// <summary>White space, and a comment to the end of the line.</summary>
    Space,

    /// <summary>A comment between <c>/*</c> and <c>*/</c>.</summary>
    Comment,

    /// <summary>A text in quotes or dollar quotes.</summary>
    Text,

    /// <summary>A name in quotes.</summary>
    Name,

    /// <summary>A keyword or a name.</summary>
    Word,

    /// <summary>A number, or a character or two that have a meaning.</summary>
    Symbol,

    /// <summary>A variable.</summary>
    Variable,

    /// <summary>A command of psql, with its arguments.</summary>
    Command,
}
