using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>Mistakes with versions of the chart, its files, its components and its identities.</summary>
public sealed class ChartMistakeTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public ChartMistakeTests()
    {
        File.WriteAllText(_folder.File("values.yaml"), "postgres:\n  external:\n    enabled: true\n");
        _session.Set("folder", _folder.Path);
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("latest")]
    [InlineData("$null")]
    [InlineData("''")]
    [InlineData("langsmith-observability-1.0")]
    [InlineData("langsmith-observability-1.0.0")]
    [InlineData("langsmith-")]
    [InlineData("my-langsmith-0.13.4")]
    [InlineData("([pscustomobject]@{ name = 'x'; chart = 'postgresql-15.2.1' })")]
    [InlineData("@([pscustomobject]@{ chart = 'langsmith-0.13.4' }, [pscustomobject]@{ chart = 'langsmith-0.14.0' })")]
    public void What_is_not_one_version_is_one_error(string version)
    {
        foreach (var script in new[] { $"Get-LangSmithComponent -ChartVersion {version}", $"Test-LangSmithHelmValues $folder/values.yaml -ChartVersion {version}" })
        {
            Mistake.IsTold(_session, script, "InvalidValue", "The value of ChartVersion is not a version of the chart langsmith", "such as 0.16.11 or langsmith-0.16.11");
        }
    }

    [Theory]
    [InlineData("langsmith-0.13.4")]
    [InlineData("v0.13.4")]
    [InlineData("([pscustomobject]@{ name = 'langsmith'; chart = 'langsmith-0.13.4' }, [pscustomobject]@{ name = 'db'; chart = 'postgresql-15.2.1' })")]
    [InlineData("([pscustomobject]@{ name = 'langsmith'; chart = 'langsmith-0.13.4' })")]
    public void What_helm_list_shows_is_a_version(string version)
    {
        var expected = _session.Run("(Get-LangSmithComponent -ChartVersion 0.13.4).Name -join ' '").Single.BaseObject;
        Assert.Equal(expected, _session.Run($"(Get-LangSmithComponent -ChartVersion {version}).Name -join ' '").Single.BaseObject);
        Assert.NotEqual(expected, _session.Run("(Get-LangSmithComponent).Name -join ' '").Single.BaseObject);
    }

    [Fact]
    public void Releases_of_helm_list_are_piped()
    {
        var piped = _session.Run("[pscustomobject]@{ name = 'langsmith'; namespace = 'langsmith'; chart = 'langsmith-0.13.4' } | Get-LangSmithComponent");
        Assert.Empty(piped.Errors);
        Assert.Equal(_session.Run("Get-LangSmithComponent 0.13.4").Output.Count, piped.Output.Count);
    }

    [Theory]
    [InlineData("Get-LangSmithComponent -ChartVersion 0.11.0", "UnknownChart", "older than the oldest version that this module knows", "Upgrade to chart")]
    [InlineData("Test-LangSmithHelmValues $folder/values.yaml -Chart $folder/nochart", "ChartNotRead", "nochart does not exist", "helm pull")]
    [InlineData("Get-LangSmithComponent -Chart $folder/values.yaml", "NoComponents", "none of the LangSmith chart's components", "Test-LangSmithHelmValues")]
    [InlineData("Set-LangSmithIamAnnotations -ClientId 0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a -Component backned", "UnknownComponent", "does not have this component: backned", "Did you mean backend?")]
    [InlineData("Set-LangSmithIamAnnotations -RoleArn langsmith", "InvalidIdentity", "arn:aws:iam::123456789012:role/langsmith", "Copy it from")]
    [InlineData("Set-LangSmithIamAnnotations -ClientId langsmith", "InvalidIdentity", "must be a GUID", "Copy it from")]
    public void What_the_chart_does_not_have_is_one_error(string script, string id, string message, string advice) =>
        Mistake.IsTold(_session, script, id, message, advice);

    [Fact]
    public void A_version_that_does_not_exist_yet_is_one_warning() => Mistake.IsWarnedOf(
        _session, "Get-LangSmithComponent -ChartVersion 0.99.0", "Chart 0.99.0 is newer than the versions that this module knows", "specify -Chart");
}
