namespace LangSmithPg.Sandbox.Processes;

/// <summary>How a command ended and what it said on both of its outputs.</summary>
sealed record CommandResult(int ExitCode, string Output);
