namespace LangSmithPg.Postgres.Tests;

/// <summary>Tests that change what belongs to the whole process: no other test runs meanwhile.</summary>
[CollectionDefinition(nameof(NonParallel), DisableParallelization = true)]
public sealed class NonParallel;
