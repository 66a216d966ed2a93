namespace LangSmithPg.Cloud.Tests;

/// <summary>The clouds' libraries read the environment, which belongs to the whole process: no two of these tests run at once.</summary>
[CollectionDefinition(nameof(SharedEnvironment))]
public sealed class SharedEnvironment;
