namespace LangSmithPg.Postgres.Tests;

/// <summary>An environment variable of this process, for as long as a test needs it.</summary>
sealed class EnvironmentVariable : IDisposable
{
    readonly string _name;
    readonly string? _before;

    public EnvironmentVariable(string name, string value)
    {
        _name = name;
        _before = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose() => Environment.SetEnvironmentVariable(_name, _before);
}
