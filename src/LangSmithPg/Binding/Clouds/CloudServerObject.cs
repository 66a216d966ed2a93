using System.Management.Automation;

namespace LangSmithPg.Binding.Clouds;

/// <summary>Reads a server as its cloud's tools describe it: where it is, and what SQL cannot tell of it.</summary>
static class CloudServerObject
{
    /// <summary>Reads it; null when it is something else.</summary>
    /// <param name="given">The object, or the JSON of a cloud's tool as <c>ConvertFrom-Json</c> gives it.</param>
    public static ConnectionColumns? Of(PSObject given)
    {
        var properties = new CloudProperties(given);
        return RdsServer.Of(properties) ?? CloudSqlServer.Of(properties)
            ?? (AzureServer.Of(properties) is { } azure && ConnectionColumns.Of(given) is { } columns ? columns with { Server = azure } : null);
    }
}
