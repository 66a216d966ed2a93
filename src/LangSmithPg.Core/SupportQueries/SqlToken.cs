namespace LangSmithPg.SupportQueries;

/// <summary>A piece of a script.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">How it is written; for a command, its name.</param>
/// <param name="Line">The line it begins in, from 1.</param>
readonly record struct SqlToken(SqlTokenKind Kind, string Text, int Line)
{
    /// <summary>The name of a variable, or the arguments of a command as they are written.</summary>
    public string Argument { get; init; } = "";

    /// <summary>How a variable is referred to.</summary>
    public VariableForm Form { get; init; }

    /// <summary>Whether it means something to the server.</summary>
    public bool IsSignificant => Kind is not (SqlTokenKind.Space or SqlTokenKind.Comment);

    /// <summary>Whether it is this keyword.</summary>
    public bool Is(string keyword) => Kind == SqlTokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is this character.</summary>
    public bool Is(char symbol) => Kind == SqlTokenKind.Symbol && Text.Length == 1 && Text[0] == symbol;
}
