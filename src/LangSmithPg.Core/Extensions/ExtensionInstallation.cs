using LangSmithPg.Common;

namespace LangSmithPg.Extensions;

/// <summary>An extension that was to be installed, and what became of it.</summary>
public sealed record ExtensionInstallation
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The server and database, without secrets.</summary>
    public required string Target { get; init; }

    /// <summary>What became of it.</summary>
    public required ExtensionAction Action { get; init; }

    /// <summary>The schema that its objects are in, or null when it is not installed.</summary>
    public string? Schema { get; init; }

    /// <summary>The installed version, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public required string Message { get; init => field = VisibleText.Of(value); }

    /// <summary>What to do, or null.</summary>
    public Remedy? Fix { get; init; }
}
