using LangSmithPg.Readiness;

namespace LangSmithPg.Setup;

/// <summary>What a setup found out and wrote, and what comes next.</summary>
public sealed record SetupResult
{
    /// <summary>The server and database, without secrets.</summary>
    public string Target => Report.Target;

    /// <summary>Whether nothing stands in the way of <c>helm upgrade</c>.</summary>
    public bool IsReady => Report.IsReady;

    /// <summary>The readiness of the database.</summary>
    public required ReadinessReport Report { get; init; }

    /// <summary>The folder of the files, as a full path.</summary>
    public required string OutputPath { get; init; }

    /// <summary>The files, in the order in which they are used.</summary>
    public required IReadOnlyList<SetupFile> Files { get; init; }

    /// <summary>The commands to run next, in order, for PowerShell: those that make the database ready, or those that install LangSmith.</summary>
    public required IReadOnlyList<string> NextCommands { get; init; }

    /// <summary>The verdict and the folder.</summary>
    public override string ToString() => $"{Report}; files in {OutputPath}";
}
