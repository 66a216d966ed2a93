using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting;

/// <summary>One finding in a values file. No part of it ever contains a secret.</summary>
public sealed record ValuesFinding
{
    /// <summary>Stable id, such as <c>Values.UnknownKey</c>.</summary>
    public required string Id { get; init; }

    /// <summary>How bad it is.</summary>
    public required FindingStatus Status { get; init; }

    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Column, from 1.</summary>
    public required int Column { get; init; }

    /// <summary>The key it is about.</summary>
    public required string Key { get; init; }

    /// <summary>What is wrong, in one sentence.</summary>
    public required string Message { get; init => field = VisibleText.Of(value); }

    /// <summary>Why it matters to LangSmith.</summary>
    public string? Why { get; init; }

    /// <summary>What to do.</summary>
    public Remedy? Fix { get; init; }

    /// <summary>Whether <c>-Fix</c> can fix it.</summary>
    public bool CanFix
    {
        // Said, where it came back from another process without its repair.
        get => field || Repair is not null;
        init;
    }

    /// <summary>Where the file, line and column are, as compilers write it: an editor opens the place.</summary>
    public string Place => VisibleText.Line($"{Path}:{Line}:{Column}");

    // Not public: it may hold a password.
    internal HelmValues? Repair { get; init; }

    /// <summary>The values that fix it; null if a decision is required.</summary>
    public HelmValues? GetRepair() => Repair;

    /// <inheritdoc/>
    public override string ToString() => $"{Place}: {Status} {Id}: {Message}";
}
