using LangSmithPg.Common;

namespace LangSmithPg.Extensions;

/// <summary>One extension that LangSmith needs: where it stands, and what to do.</summary>
public sealed record ExtensionVerdict
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The server and database, without secrets.</summary>
    public required string Target { get; init; }

    /// <summary>How it came out.</summary>
    public required FindingStatus Status { get; init; }

    /// <summary>Whether it is installed in the database.</summary>
    public required bool Installed { get; init; }

    /// <summary>The installed version, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The schema its objects are in, or null when it is not installed.</summary>
    public string? Schema { get; init; }

    /// <summary>Whether LangSmith's search path reaches that schema; null when it is not installed.</summary>
    public bool? SearchPathReaches { get; init; }

    /// <summary>The version the server would install; null when it has no files for it, or could not read them.</summary>
    public string? AvailableVersion { get; init; }

    /// <summary>Whether the cloud's allow-list has it; null where there is no list.</summary>
    public bool? AllowListed { get; init; }

    /// <summary>Whether it may be installed without being a superuser; null where that decides nothing.</summary>
    public bool? Trusted { get; init; }

    /// <summary>Whether this role can install it; null when it is installed already, or that is not known.</summary>
    public bool? CanCreate { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public required string Message { get; init => field = VisibleText.Of(value); }

    /// <summary>What to do, or null.</summary>
    public Remedy? Fix { get; init; }
}
