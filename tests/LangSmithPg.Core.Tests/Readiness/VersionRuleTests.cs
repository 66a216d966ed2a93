using LangSmithPg.Common;
using LangSmithPg.Core.Tests.Recorded;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Core.Tests.Readiness;

public sealed class VersionRuleTests
{
    [Theory]
    [InlineData(130023, FindingStatus.Fail)]
    [InlineData(140000, FindingStatus.Pass)]
    [InlineData(180004, FindingStatus.Pass)]
    public void LangSmith_supports_14_and_later(int version, FindingStatus status)
    {
        var finding = Evaluate("Server.Version", version, Inputs.Today);

        Assert.Equal(status, finding.Status);
        Assert.Equal(status == FindingStatus.Fail, finding.Fix is not null);
    }

    // The community's last release of 14 is of 2026-11-12.
    [Theory]
    [InlineData("2025-11-11", FindingStatus.Pass, "until 2026-11-12")]
    [InlineData("2025-11-12", FindingStatus.Pass, "until 2026-11-12")]
    [InlineData("2025-11-13", FindingStatus.Warning, "stops patching version 14 on 2026-11-12")]
    [InlineData("2026-11-12", FindingStatus.Warning, "stops patching version 14 on 2026-11-12")]
    [InlineData("2026-11-13", FindingStatus.Warning, "stopped patching version 14 on 2026-11-12")]
    public void The_end_of_community_support_comes_with_a_year_of_notice(string today, FindingStatus status, string message)
    {
        var finding = Evaluate("Server.CommunitySupport", 140023, DateOnly.Parse(today, null));

        Assert.Equal(status, finding.Status);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal(status == FindingStatus.Warning, finding.Fix is not null);
    }

    [Fact]
    public void A_version_of_the_future_is_unknown_and_never_a_pass()
    {
        Assert.Equal(FindingStatus.Unknown, Evaluate("Server.CommunitySupport", 190000, Inputs.Today).Status);
        Assert.Equal(FindingStatus.Pass, Evaluate("Server.Version", 190000, Inputs.Today).Status);
    }

    [Theory]
    [InlineData(13, "2025-11-13")]
    [InlineData(14, "2026-11-12")]
    [InlineData(15, "2027-11-11")]
    [InlineData(16, "2028-11-09")]
    [InlineData(17, "2029-11-08")]
    [InlineData(18, "2030-11-14")]
    public void The_dates_are_the_community_s(int major, string lastDay) => Assert.Equal(DateOnly.Parse(lastDay, null), CommunitySupport.LastDay(major));

    static Finding Evaluate(string id, int version, DateOnly today)
    {
        var facts = RecordedFacts.Read();
        return Inputs.Of(facts with { Server = facts.Server with { VersionNumber = version } }, today).Find(id);
    }
}
