namespace LangSmithPg.Fuzz.Targets;

/// <summary>A file for what takes nothing but paths. Disposing it deletes it.</summary>
sealed class ScratchFile : IDisposable
{
    public ScratchFile(ReadOnlySpan<byte> bytes) => File.WriteAllBytes(Path, bytes);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"fuzz-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(Path);
}
