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
    /// <param name="get">Does it.</param>
    /// <param name="name">What it is called, where the exception does not tell.</param>
    public static async Task<T> GetAsync<T, TMissing>(Func<Task<T>> get, string? name = null)
        where TMissing : Exception
    {
        try
        {
            return await get();
        }
        catch (TMissing e) when (!MustBeMet)
        {
            Assert.Skip(name is null ? e.Message : $"{name} is not on this machine.");
            throw;
        }
    }
}
