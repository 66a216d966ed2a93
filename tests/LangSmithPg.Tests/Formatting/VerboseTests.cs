using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Formatting;

/// <summary>What -Verbose tells, in order.</summary>
public sealed class VerboseTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly LiveServer _server;

    public VerboseTests(LiveServer server)
    {
        _server = server;
        server.Introduce(_session);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_check_is_told_from_its_beginning_to_its_end() => Tells(
        "$bare | Test-LangSmithPgReadiness", $"localhost:{_server.Port}/bare: ",
        "Connecting to localhost:", "localhost is ", "TLS: TLSv1.", "Logged in as guest within ", "Querying facts of database bare and schema public", "Facts gathered within ",
        "The server is PostgreSQL ", "Done and logged out within ", "Evaluated as not ready: 2 problems;", "Fail Database.Create: Role guest may not create");

    [Fact]
    public void A_rehearsal_is_told_step_by_step() => Tells(
        "$bare | Test-LangSmithPgReadiness -Rehearse", $"localhost:{_server.Port}/bare: ",
        "Logged in as guest", "Rehearsing ", "  Extension.btree_gin: 42501 ", "  Column.citext: not tried because Table did not succeed.", "Rehearsed ", "Evaluated as ");

    [Fact]
    public void A_failure_says_why_and_after_how_long() => Tells(
        "$wrong | Test-LangSmithPgReadiness", $"localhost:{_server.Port}/bare: ",
        "Connecting to localhost:", "The server rejects the login of user guest. 28P01 ", "Stopped after ", "Evaluated as not ready: 1 problem;");

    [Theory]
    [InlineData("$ready | Test-LangSmithPgConnection", "Logged in as owner", "No further queries: logging out.")]
    [InlineData("$ready | Test-LangSmithPgExtensions", "Facts gathered", "btree_gin: ")]
    [InlineData("$bare | Install-LangSmithPgExtensions -ErrorAction SilentlyContinue", "Creating btree_gin, ", "Rolled back.")]
    [InlineData("$ready | Set-LangSmithPgOwner -From guest -To owner -WhatIf", "Facts gathered", "Planned ")]
    public void Every_live_cmdlet_tells_its_own(string script, params string[] beats) => Tells(script, $"localhost:{_server.Port}/", beats);

    [Fact]
    public void A_certificate_is_told_with_who_judges_it() => Tells(
        $"Get-LangSmithPgCertificate localhost {_server.Port}", $"localhost:{_server.Port}: ",
        "Requesting TLS, without logging in.", "TLSv1.", "Evaluated with the public CA certificates", "Libpq, sslmode=verify-full: Refused.");

    // Without -Verbose nobody reads the addresses, and they are not looked up.
    [Fact]
    public void Nothing_is_told_unasked() => Assert.Empty(_session.Run("$ready | Test-LangSmithPgReadiness").Verbose);

    void Tells(string script, string target, params string[] beats)
    {
        var lines = _session.Run($"$VerbosePreference = 'Continue'; {script}").Verbose;
        Assert.All(lines, line => Assert.StartsWith(target, line, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(LiveServer.Password, StringComparison.Ordinal));
        var at = 0;
        foreach (var beat in beats)
        {
            var found = Enumerable.Range(at, lines.Count - at).FirstOrDefault(index => lines[index].Contains(beat, StringComparison.Ordinal), -1);
            Assert.True(found >= 0, $"'{beat}' is not told after line {at} of:\n{string.Join('\n', lines)}");
            at = found;
        }
    }
}
