using System.Reflection;
using System.Runtime.Loader;

namespace LangSmithPg.Isolation;

/// <summary>
/// Holds everything that brings a NuGet package along, apart from the rest of the session: other modules may have loaded another
/// version of Npgsql, YamlDotNet or Azure.Identity, and both must work side by side.
/// </summary>
sealed class DependencyContext : AssemblyLoadContext
{
    // The assemblies of this module that the cmdlets call; only they cross from the session's context into this one.
    static readonly string[] Gates = ["LangSmithPg.Cloud", "LangSmithPg.Postgres", "LangSmithPg.Yaml"];

    readonly string _folder;

    DependencyContext(string folder)
        : base("LangSmithPg") => _folder = folder;

    /// <summary>Answers for the gates from now on; nothing is loaded before a cmdlet needs it.</summary>
    public static void Register()
    {
        var module = Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location)!;
        var context = new Lazy<DependencyContext>(() => new(Path.Combine(module, "dependencies")));
        Default.Resolving += Resolve;

        Assembly? Resolve(AssemblyLoadContext _, AssemblyName name) =>
            Gates.Contains(name.Name, StringComparer.Ordinal) ? context.Value.LoadFromAssemblyName(name) : null;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The session's own copy: its types are the ones that scripts see.
        var core = typeof(Connections.PgConnectionString).Assembly;
        if (assemblyName.Name == core.GetName().Name)
        {
            return core;
        }

        var file = $"{assemblyName.Name}.dll";
        string[] folders = OperatingSystem.IsWindows() ? [Path.Combine(_folder, "windows"), _folder] : [_folder];
        return folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}
