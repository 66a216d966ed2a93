using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>Mistakes with the preflight's manifest and log.</summary>
public sealed class PreflightMistakeTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("'' | Receive-LangSmithPgPreflight", "NoPreflightResult", "does not contain a preflight result", "kubectl describe pod")]
    [InlineData("@() | Receive-LangSmithPgPreflight", "NoPreflightResult", "This log (0 lines) does not contain a preflight result", "Wait until the job is complete")]
    [InlineData("'u:N33dle@h/d' | New-LangSmithPgPreflightJob -Image 'My Image:latest'", "InvalidName", "'My Image:latest' is not a valid image name. Use one without white space", "Choose another name")]
    [InlineData("'u:N33dle@h/d' | New-LangSmithPgPreflightJob -ChartVersion latest", "InvalidValue", "not a version of the chart langsmith", "such as 0.16.11")]
    [InlineData("'u:N33dle@h/d' | New-LangSmithHelmValues | New-LangSmithPgPreflightJob -Purpose Fleet", "NoExternalPostgres", "external PostgreSQL for Fleet: fleet.postgres.external.enabled is not true", "Specify the output of New-LangSmithHelmValues")]
    [InlineData("'u:N33dle@h/d' | New-LangSmithPgPreflightJob -Purpose Fleet -ChartVersion 0.14.0", "DatabaseNotSupported", "Chart 0.14.0 has no database for Fleet", "Get-LangSmithPgDatabase")]
    public void A_mistake_is_one_error(string script, string id, string message, string advice) => Mistake.IsTold(_session, script, id, message, advice);
}
