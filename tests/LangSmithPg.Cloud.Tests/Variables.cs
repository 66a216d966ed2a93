namespace LangSmithPg.Cloud.Tests;

/// <summary>Variables of this process, for as long as a test needs them; those of the clouds that a machine may have are gone meanwhile.</summary>
sealed class Variables : IDisposable
{
    static readonly string[] Prefixes = ["AZURE_", "AWS_", "GOOGLE_", "GCE_", "CLOUDSDK_", "IDENTITY_", "MSI_"];

    readonly Dictionary<string, string?> _before = [];

    public Variables(params (string Name, string? Value)[] variables)
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToList())
        {
            Set(name, null);
        }

        foreach (var (name, value) in variables)
        {
            Set(name, value);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
