using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Loading;

/// <summary>
/// PowerShell loads every type of the module before the module can say where its dependencies are, and the Windows runtime loads with a
/// class what its base, its fields and the signatures of its virtual methods name.
/// </summary>
public sealed class LoadingTests
{
    [Theory]
    [InlineData("LangSmithPg.dll")]
    [InlineData("LangSmithPg.Core.dll")]
    public void No_type_needs_a_dependency_to_be_loaded(string assembly)
    {
        var module = Path.GetDirectoryName(BuildPaths.ModuleManifest)!;
        // What .NET itself has, such as System.Text.Json, the session finds there.
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var dependencies = Directory.EnumerateFiles(Path.Join(module, "dependencies"), "*.dll").Select(Path.GetFileName)
            .Where(file => !File.Exists(Path.Join(runtime, file))).Select(Path.GetFileNameWithoutExtension).ToHashSet();

        Assert.Contains("LangSmithPg.Postgres", dependencies);
        Assert.Empty(LoadedWithTypes.Find(Path.Join(module, assembly), dependencies!));
    }

    [Fact]
    public void Bases_interfaces_fields_and_virtual_signatures_are_read()
    {
        var found = LoadedWithTypes.Find(typeof(LoadingTests).Assembly.Location, new HashSet<string> { "LangSmithPg.Sandbox", "CsCheck" });

        Assert.Equal(
            ["Example (base): CsCheck", "Example (interface): LangSmithPg.Sandbox", "Example._field: LangSmithPg.Sandbox", "Example.Equals: LangSmithPg.Sandbox", "Example.Answer: CsCheck"],
            found.Where(one => one.StartsWith("Example", StringComparison.Ordinal)));
    }

    abstract class Example : List<CsCheck.Size>, IEquatable<LangSmithPg.Sandbox.Postgres.PostgresServerOptions>
    {
        readonly LangSmithPg.Sandbox.Postgres.PostgresStopMode[] _field = [];

        public abstract bool Equals(LangSmithPg.Sandbox.Postgres.PostgresServerOptions? other);

        protected abstract Task<CsCheck.Size[]> Answer(int number);

        protected CsCheck.Size? NotVirtual() => _field.Length > 0 ? null : this[0];
    }
}
