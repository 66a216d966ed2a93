namespace LangSmithPg.Concurrency;

/// <summary>Something that happened to one input: a message on the way, its result, or the end of its work without one.</summary>
/// <param name="Index">Which input, from 0.</param>
/// <param name="Message">What the work tells, or null when it is done.</param>
/// <param name="Result">The result when the work is done.</param>
/// <param name="Error">Why there is no result.</param>
readonly record struct ParallelEvent<TResult>(int Index, string? Message = null, TResult? Result = default, Exception? Error = null);
