using System.Runtime.InteropServices;

namespace LangSmithPg.Yaml.Tests.Tools;

/// <summary>Something that a test needs beside the repository. Where it is missing the test is skipped; under CI on Linux x64 it fails.</summary>
static class Requirement
{
    static readonly bool MustBeMet = Environment.GetEnvironmentVariable("CI") == "true"
        && OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Gets it.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <typeparam name="TMissing">What says that it is missing.</typeparam>
    public static async Task<T> GetAsync<T, TMissing>(Func<Task<T>> get)
        where TMissing : Exception
    {
        try
        {
            return await get();
        }
        catch (TMissing e) when (!MustBeMet)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
