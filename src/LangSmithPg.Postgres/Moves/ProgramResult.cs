namespace LangSmithPg.Postgres.Moves;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Messages">The last lines of its messages.</param>
sealed record ProgramResult(int ExitCode, string Output, IReadOnlyList<string> Messages);
