namespace LangSmithPg.Connections;

/// <summary>What a connection of this module does about a parameter of libpq.</summary>
enum ParameterUse
{
    /// <summary>It does what libpq does.</summary>
    Honored,

    /// <summary>It does without: what the parameter changes has no part in whether and how safely a login succeeds.</summary>
    Harmless,

    /// <summary>It cannot do what libpq does, and does not connect where that is asked for.</summary>
    Refused,
}
