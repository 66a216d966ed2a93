using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether LangSmith supports the version, and until when the community does.</summary>
sealed class VersionRule : IReadinessRule
{
    // Long enough before the end to plan an upgrade.
    const int NoticeMonths = 12;

    // With some years to go until the next upgrade.
    const int NewServer = 17;

    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var server = input.Facts.Server;
        var (product, minimum) = (input.Requirements.Product, input.Requirements.MinimumMajorVersion);
        var supported = minimum is null || server.Major >= minimum;
        yield return input.Finding(
            "Server.Version", minimum is null ? FindingStatus.NotApplicable : supported ? FindingStatus.Pass : FindingStatus.Fail,
            minimum is null ? $"{product} has no documented minimum version of PostgreSQL. The server has {server.ShortVersion}."
            : supported ? $"PostgreSQL {server.ShortVersion} is supported."
            : $"PostgreSQL {server.ShortVersion} is too old: {product} needs {minimum} or later.") with
        {
            Evidence = server.Version,
            Why = $"{product}'s migrations use features that older versions do not have.",
            Fix = supported ? null : $"Upgrade the server to PostgreSQL {minimum} or later{(minimum < NewServer ? $"; use {NewServer} or later for a new server" : "")}.",
        };
        yield return EvaluateMinor(input);
        yield return EvaluateSupport(input, server.Major);
    }

    static Finding EvaluateMinor(ReadinessInput input)
    {
        var server = input.Facts.Server;
        var newest = KnownReleases.NewestMinor(server.Major);
        var behind = server.VersionNumber % 10_000 < newest;
        return new()
        {
            Id = "Server.MinorVersion",
            Status = newest is null ? FindingStatus.NotApplicable : behind ? FindingStatus.Warning : FindingStatus.Pass,
            Target = input.Target,
            Message = newest is null ? $"This module has no information about minor releases of PostgreSQL {server.Major}."
                : behind ? $"PostgreSQL {server.ShortVersion} is behind: {server.Major}.{newest} is the newest release known to this module."
                : $"PostgreSQL {server.ShortVersion} is the newest release known to this module.",
            Evidence = $"The module's table of releases is dated {KnownReleases.AsOf:yyyy-MM-dd}.",
            Why = "Minor releases fix security vulnerabilities and data-loss bugs.",
            Fix = behind ? "Install the newest minor release: it requires a restart, and does not change data. In a cloud, it is installed in the maintenance window." : null,
            Source = new("https://www.postgresql.org/support/versioning/"),
        };
    }

    static Finding EvaluateSupport(ReadinessInput input, int major)
    {
        var lastDay = CommunitySupport.LastDay(major);
        var ended = lastDay < input.Today;
        var endsSoon = !ended && lastDay < input.Today.AddMonths(NoticeMonths);
        var day = lastDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new()
        {
            Id = "Server.CommunitySupport",
            Status = lastDay is null ? FindingStatus.Unknown : ended || endsSoon ? FindingStatus.Warning : FindingStatus.Pass,
            Target = input.Target,
            Message = lastDay is null
                ? $"PostgreSQL {major} is newer than this module's table of support dates."
                : ended ? $"The PostgreSQL community stopped patching version {major} on {day}."
                : endsSoon ? $"The PostgreSQL community stops patching version {major} on {day}."
                : $"The PostgreSQL community patches version {major} until {day}.",
            Why = "Without patches, known vulnerabilities remain; a cloud's extended support may cover the server for a fee.",
            Fix = ended || endsSoon ? "Plan an upgrade to a newer major version." : null,
            Source = new("https://www.postgresql.org/support/versioning/"),
        };
    }
}
