using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Readiness;

public sealed class PrivilegeRuleTests
{
    [Fact]
    public void The_owner_of_a_new_database_may_everything()
    {
        var findings = ReadinessRules.Evaluate(Inputs.Of(provider: null));

        Assert.All(["Database.Create", "Database.Temporary", "Schema.Create"], id =>
            Assert.Equal(FindingStatus.Pass, findings.Single(finding => finding.Id == id).Status));
        Assert.Equal(FindingStatus.NotApplicable, findings.Single(finding => finding.Id == "Schema.Ownership").Status);
    }

    [Fact]
    public void A_missing_privilege_comes_with_the_sql_that_gives_it_and_quotes_names()
    {
        var input = Inputs.Of(provider: null, facts => facts with
        {
            Database = facts.Database with { Name = "my \"db\"", CanCreate = false, CanCreateTemporary = false },
            Role = facts.Role with { Name = "sa@proj.iam" },
            Schema = facts.Schema with { CanCreate = false },
        });

        Assert.Equal("GRANT CREATE ON DATABASE \"my \"\"db\"\"\" TO \"sa@proj.iam\";", Failure(input, "Database.Create").Fix?.Text);
        Assert.Equal("GRANT TEMPORARY ON DATABASE \"my \"\"db\"\"\" TO \"sa@proj.iam\";", Failure(input, "Database.Temporary").Fix?.Text);
        Assert.Equal(
            "GRANT USAGE, CREATE ON SCHEMA \"public\" TO \"sa@proj.iam\";"
            + "\n-- or, as a superuser or the owner: ALTER DATABASE \"my \"\"db\"\"\" OWNER TO \"sa@proj.iam\";",
            Failure(input, "Schema.Create").Fix?.Text);
    }

    [Fact]
    public void A_schema_that_may_not_be_looked_into_fails_although_it_may_be_created_in() =>
        Failure(Inputs.Of(provider: null, facts => facts with { Schema = facts.Schema with { CanUse = false } }), "Schema.Create");

    [Theory]
    [InlineData(true, FindingStatus.Warning)]
    [InlineData(false, FindingStatus.Fail)]
    public void A_missing_schema_can_be_created_or_not(bool mayCreate, FindingStatus status)
    {
        var input = Inputs.Of(provider: null, facts => facts with
        {
            Database = facts.Database with { CanCreate = mayCreate },
            Schema = new("app", Exists: false, Owner: null, IsOwner: false, CanUse: false, CanCreate: false, [], []),
        });

        var finding = input.Find("Schema.Create");
        Assert.Equal(status, finding.Status);
        Assert.StartsWith("CREATE SCHEMA \"app\" AUTHORIZATION \"langsmith\";", finding.Fix?.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ReadinessRules.Evaluate(input), one => one.Id == "Schema.Ownership");
    }

    [Fact]
    public void Tables_of_the_previous_user_fail_and_those_of_a_group_one_is_in_pass()
    {
        OwnedObjects mine = new("langsmith", 5, IsOwner: true), ours = new("owners", 3, IsOwner: true), old = new("old", 2, IsOwner: false);

        var finding = Failure(Owned(isSuperuser: false, mine, ours, old), "Schema.Ownership");

        Assert.Contains("does not own 2 of 10 objects", finding.Message, StringComparison.Ordinal);
        Assert.StartsWith("GRANT \"old\" TO \"langsmith\" WITH INHERIT TRUE, SET TRUE;", finding.Fix?.Text, StringComparison.Ordinal);
        Assert.Equal("langsmith: 5, owners: 3, old: 2", finding.Evidence);
        Assert.Equal(FindingStatus.Pass, Owned(isSuperuser: false, mine, ours).Find("Schema.Ownership").Status);
        Assert.Equal(FindingStatus.Pass, Owned(isSuperuser: true, old).Find("Schema.Ownership").Status);
    }

    static ReadinessInput Owned(bool isSuperuser, params OwnedObjects[] objects) => Inputs.Of(provider: null, facts => facts with
    {
        Role = facts.Role with { IsSuperuser = isSuperuser },
        Schema = facts.Schema with { Objects = objects },
    });

    static Finding Failure(ReadinessInput input, string id)
    {
        var finding = input.Find(id);
        Assert.Equal(FindingStatus.Fail, finding.Status);
        return finding;
    }
}
