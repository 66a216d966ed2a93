using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Readiness.Snapshots;

/// <summary>Whoever named a role, a database or a setting must not get an admin to run more than the fix that is meant.</summary>
public sealed class HostileNamesTests
{
    const string Order = "TRUNCATE";
    const string Hostile = $"'\"\n{Order}";

    public static TheoryData<string> Titles => [.. Situations.All.Select(situation => situation.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_name_stays_within_its_quotes_or_its_comment(string title)
    {
        var situation = Situations.All.Single(situation => situation.Title == title);

        var fixes = (situation with
        {
            Input = situation.Input with { Facts = Named(situation.Input.Facts) },
            Rehearsal = situation.Rehearsal is { } rehearsal
                ? rehearsal with { Ownership = rehearsal.Ownership?.Select(probe => probe with { Owner = Hostile, Table = Hostile }).ToList() }
                : null,
        }).Findings.Select(finding => finding.Fix?.Text).OfType<string>();

        Assert.All(fixes, fix => Assert.DoesNotContain(Order, WithoutQuotesAndComments(fix), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData($"SELECT '\n{Order}'; {Order}")]
    [InlineData($"SELECT \"a\"\"\n{Order}\"; -- a\n{Order}")]
    public void What_would_be_run_is_seen(string fix) => Assert.Contains(Order, WithoutQuotesAndComments(fix), StringComparison.Ordinal);

    static ServerFacts Named(ServerFacts facts) => facts with
    {
        Database = facts.Database with { Name = Hostile, Owner = Hostile, Encoding = $"{facts.Database.Encoding}{(facts.Database.Encoding == "UTF8" ? "" : Hostile)}" },
        Role = facts.Role with { Name = Hostile, SessionUser = Hostile },
        Schema = facts.Schema with
        {
            Name = Hostile,
            Owner = facts.Schema.Owner == "pg_database_owner" ? facts.Schema.Owner : Hostile,
            Objects = [.. facts.Schema.Objects.Select(one => one with { Owner = Hostile })],
        },
        Extensions = [.. facts.Extensions.Select(one => one with { Owner = Hostile, Schema = $"other{Hostile}", AvailableVersion = one.AvailableVersion is null ? null : Hostile })],
        Overrides = [.. facts.Overrides.Select(one => new SettingOverride(Hostile, Hostile, $"{one.Setting}{Hostile}"))],
        Settings = facts.Settings.ToDictionary(one => one.Key, one => one.Key.EndsWith("extensions", StringComparison.Ordinal) ? $"{one.Value},x\n{Order}" : one.Value),
    };

    // As a server reads SQL, and a shell the words of its commands.
    static string WithoutQuotesAndComments(string fix)
    {
        var left = new System.Text.StringBuilder();
        for (var at = 0; at < fix.Length; at++)
        {
            var end = fix[at] switch
            {
                '\'' or '"' => fix.IndexOf(fix[at], at + 1),
                '#' => fix.IndexOf('\n', at),
                '-' when fix.AsSpan(at).StartsWith("-- ") => fix.IndexOf('\n', at),
                _ => at,
            };
            if (end == at)
            {
                left.Append(fix[at]);
            }
            else
            {
                at = end < 0 ? fix.Length : end;
            }
        }

        return left.ToString();
    }
}
