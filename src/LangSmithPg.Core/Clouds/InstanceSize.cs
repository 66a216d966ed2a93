namespace LangSmithPg.Clouds;

/// <summary>The size of a server.</summary>
/// <param name="VCpus">Number of virtual CPUs, or null where it is not known.</param>
/// <param name="MemoryBytes">Memory in bytes, or null where it is not known.</param>
readonly record struct InstanceSize(int? VCpus, long? MemoryBytes);
