using System.Reflection;

namespace LangSmithPg.Tests.Sessions;

/// <summary>Where the build put what the tests use.</summary>
static class BuildPaths
{
    public static string ModuleManifest => Get("ModuleManifest");

    public static string Quickstart => Get("Quickstart");

    public static string OtherNpgsql => Get("OtherNpgsql");

    public static string OtherYamlDotNet => Get("OtherYamlDotNet");

    public static string Repository => Get("Repository");

    /// <summary>The folder that PSModulePath has to hold for the module to be found by its name.</summary>
    public static string ModuleFolder => Get("ModuleFolder");

    public static string Pester => Get("Pester");

    public static string Runbooks => Get("Runbooks");

    /// <summary>PowerShell of the package that the tests' project downloads.</summary>
    public static string Pwsh => Path.Combine(Get("PwshPackage"), "tools", "net10.0", "any", OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll");

    static string Get(string key) =>
        typeof(BuildPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!;
}
