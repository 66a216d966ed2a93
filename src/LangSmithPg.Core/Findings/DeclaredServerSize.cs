namespace LangSmithPg.Findings;

/// <summary>What an admin knows of a server's size, which SQL cannot tell.</summary>
/// <param name="VCpus">Number of virtual CPUs, or null when it is not known.</param>
/// <param name="MemoryBytes">Memory in bytes, or null when it is not known.</param>
sealed record DeclaredServerSize(int? VCpus, long? MemoryBytes);
