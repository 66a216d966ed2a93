using System.Management.Automation;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Iam;

public sealed class IamRoleCmdletTests : IDisposable
{
    readonly ModuleSession _session = new();

    public IamRoleCmdletTests(LiveServer server)
    {
        _session.Set("password", LiveServer.Password);
        _session.Run($"$ready = New-LangSmithPgConnectionString {server.Arguments("owner", "ready")}").ThrowIfFailed();
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void WhatIf_shows_the_statements_and_does_nothing()
    {
        // The role itself is there: what is missing are its rights in the database.
        var shown = _session.Show("$ready | New-LangSmithPgIamRole -Provider Aws -RoleName guest -WhatIf");

        Assert.Contains("GRANT CONNECT, CREATE, TEMPORARY ON DATABASE \"ready\" TO \"guest\"; -- in database ready", shown, StringComparison.Ordinal);
        Assert.Contains("GRANT rds_iam TO \"guest\";", shown, StringComparison.Ordinal);
        Assert.Empty(_session.Run("$ready | New-LangSmithPgIamRole -Provider Aws -RoleName guest -WhatIf").Output);
    }

    [Fact]
    public void What_the_server_refuses_is_one_error_with_its_statement()
    {
        var result = _session.Run("$ready | New-LangSmithPgIamRole -Provider Aws -RoleName fresh");

        Assert.Equal("PermissionDenied", result.ErrorId);
        Assert.Contains("nothing was changed. CREATE ROLE \"fresh\" LOGIN:", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.PermissionDenied, result.Errors[0].CategoryInfo.Category);
    }

    [Fact]
    public void A_script_needs_no_server()
    {
        var script = (string)_session.Run("'u@h/lang?sslmode=require' | New-LangSmithPgIamRole -Provider Azure -RoleName id -ObjectId 0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a -AsScript").Single.BaseObject;

        Assert.Contains("pgaadauth_create_principal_with_oid(''id'', ''0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a'', ''service'', false, false)", script, StringComparison.Ordinal);
        Assert.Contains("\\connect \"lang\"", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cloud_that_the_server_is_not_of_is_told() =>
        Assert.Equal("IamNotEnabled", _session.Run("$ready | New-LangSmithPgIamRole -Provider Gcp -RoleName sa@project.iam").ErrorId);
}
