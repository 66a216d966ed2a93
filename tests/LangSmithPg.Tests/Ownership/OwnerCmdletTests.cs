using System.Management.Automation;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Ownership;

public sealed class OwnerCmdletTests : IDisposable
{
    const string HandOver = "$identity | Set-LangSmithPgOwner -From old_owner -To sa@proj.iam";

    readonly ModuleSession _session = new();

    public OwnerCmdletTests(LiveServer server)
    {
        _session.Set("password", LiveServer.Password);
        _session.Run($"$identity = New-LangSmithPgConnectionString {server.Arguments("sa@proj.iam", "hand_over")}").ThrowIfFailed();
        _session.Run($"$guest = New-LangSmithPgConnectionString {server.Arguments("guest", "hand_over")}").ThrowIfFailed();
    }

    public void Dispose() => _session.Dispose();

    // In this order, as what is handed over is gone.
    [Fact]
    public void A_plan_comes_first_then_a_confirmation_then_one_transaction()
    {
        var plan = _session.Run($"{HandOver} -WhatIf").Single;
        Assert.Equal("LangSmithPg.Ownership.OwnershipPlan", plan.BaseObject.GetType().FullName);
        Assert.All(Shown($"{HandOver} -WhatIf"), line => Assert.True(line.TrimEnd().Length <= ModuleSession.Width, line));
        Assert.Contains(Shown($"{HandOver} -WhatIf"), line => line.EndsWith("from old_owner to sa@proj.iam, as sa@proj.iam", StringComparison.Ordinal));
        Assert.Contains(Shown($"{HandOver} -WhatIf"), line => line.TrimEnd() == "         1  database");

        var script = (string)_session.Run($"{HandOver} -AsScript").Single.BaseObject;
        Assert.Contains("REASSIGN OWNED BY \"old_owner\" TO \"sa@proj.iam\";", script, StringComparison.Ordinal);

        var unconfirmed = _session.Run(HandOver);
        Assert.Equal("NotConfirmed", unconfirmed.ErrorId);
        Assert.Empty(unconfirmed.Output);
        Assert.Equal(1, _session.Run($"({HandOver} -WhatIf).Steps.Count").Single.BaseObject);

        var done = _session.Run($"{HandOver} -Confirm:$false -Verbose");
        done.ThrowIfFailed();
        Assert.Equal(1, done.Single.Properties["Done"].Value);
        Assert.Equal("REVOKE \"old_owner\" FROM \"sa@proj.iam\";", done.Single.Properties["Next"].Value);
        Assert.Contains(done.Verbose, line => line.EndsWith("Committed 1 of 1 statements.", StringComparison.Ordinal));
        Assert.Contains(done.Other, line => line.Contains("0 of 1 statements", StringComparison.Ordinal));

        Assert.Contains(Shown($"{HandOver} -Confirm:$false"), line => line.Contains("nothing that has to be transferred", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_in_the_way_is_an_error_with_a_fix()
    {
        var result = _session.Run("$guest | Set-LangSmithPgOwner -From nobody_there -To guest -Confirm:$false");
        Assert.Equal("RoleMissing", result.ErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, result.Errors[0].CategoryInfo.Category);
        Assert.Empty(result.Output);
        Assert.Equal("RoleMissing", _session.Run("$guest | Set-LangSmithPgOwner -From nobody_there -To guest -AsScript").ErrorId);
        Assert.Contains(Shown("$guest | Set-LangSmithPgOwner -From nobody_there -To guest -WhatIf"), line => line.Contains("Role nobody_there does not exist.", StringComparison.Ordinal));
    }

    string[] Shown(string script) => _session.Show(script).Split('\n');
}
