using LangSmithPg.Servers;

namespace LangSmithPg.Health;

/// <summary>One look at a server and its health.</summary>
/// <param name="Observation">The look at the server.</param>
/// <param name="Facts">What its health shows in, or null where it could not be asked.</param>
sealed record HealthLook(ServerObservation Observation, HealthFacts? Facts);
