using System.Reflection;

namespace LangSmithPg.Benchmarks;

/// <summary>Where the build put what is measured.</summary>
static class Build
{
    public static string Get(string key) => typeof(Build).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!;
}
