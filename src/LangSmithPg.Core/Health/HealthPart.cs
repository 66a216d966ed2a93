namespace LangSmithPg.Health;

/// <summary>A part of the facts, which a server may refuse without refusing the others.</summary>
/// <param name="Facts">The facts, or null where the server did not tell them.</param>
/// <param name="Error">Why there are none, in the server's own words; or null.</param>
sealed record HealthPart<T>(T? Facts, string? Error)
    where T : class;
