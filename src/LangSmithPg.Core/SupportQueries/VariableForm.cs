namespace LangSmithPg.SupportQueries;

/// <summary>How a script refers to a variable.</summary>
enum VariableForm
{
    /// <summary><c>:v</c>, the value as it is.</summary>
    Plain,

    /// <summary><c>:'v'</c>, the value as a text of SQL.</summary>
    Literal,

    /// <summary><c>:"v"</c>, the value as a name of SQL.</summary>
    Identifier,

    /// <summary><c>:{?v}</c>, whether there is one.</summary>
    Test,
}
