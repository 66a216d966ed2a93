namespace LangSmithPg.Tests.Sessions;

/// <summary>An empty folder for as long as a test needs it.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public string File(string name) => System.IO.Path.Join(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
