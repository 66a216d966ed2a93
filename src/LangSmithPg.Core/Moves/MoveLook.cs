using LangSmithPg.Servers;

namespace LangSmithPg.Moves;

/// <summary>One side of a move: what was observed, and what moving depends on.</summary>
/// <param name="Observation">The look at the server.</param>
/// <param name="Facts">What moving depends on, or null where it could not be read.</param>
sealed record MoveLook(ServerObservation Observation, MoveFacts? Facts);
