using SharpFuzz;

namespace LangSmithPg.Fuzz.Engine;

/// <summary>A copy of this program in which the code under test counts its branches. Disposing it deletes it.</summary>
sealed class InstrumentedCopy : IDisposable
{
    // What reads strangers' texts: our own code, and the libraries that it reads them with.
    static readonly string[] Assemblies = ["LangSmithPg.Core.dll", "LangSmithPg.Yaml.dll", "LangSmithPg.Postgres.dll", "YamlDotNet.dll", "Npgsql.dll"];

    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-fuzz-").FullName;

    public InstrumentedCopy()
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        foreach (var assembly in Assemblies)
        {
            Fuzzer.Instrument(Path.Combine(_folder, assembly), _ => true, Options.Value);
        }
    }

    /// <summary>The program.</summary>
    public string Program => Path.Combine(_folder, Path.GetFileName(typeof(InstrumentedCopy).Assembly.Location));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
