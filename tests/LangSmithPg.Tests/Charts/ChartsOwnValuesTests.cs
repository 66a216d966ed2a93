using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Charts;

/// <summary>
/// Every cmdlet that edits a values file, on a copy of the chart's own. <c>LANGSMITH_CHART_VALUES</c> names a folder with such files, each
/// named by the version of its chart.
/// </summary>
public sealed partial class ChartsOwnValuesTests : IDisposable
{
    const string FirstWithIam = "0.12.34";
    const string FirstWithClientCertificates = "0.12.29";

    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Versions { get; } = ["0.12.28", "0.12.29", "0.12.33", "0.12.34", "0.13.43", "0.14.6", "0.15.17", "0.16.11", "0.17.0-rc.12"];

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Identities_go_into_it(string version)
    {
        var original = Copy(version);
        foreach (var identity in (string[])["-RoleArn arn:aws:iam::123456789012:role/x", "-ServiceAccount langsmith@project.iam.gserviceaccount.com", "-ClientId 11111111-2222-3333-4444-555555555555"])
        {
            foreach (var how in (string[])["", "-Common"])
            {
                Copy(version);
                var result = _session.Run($"Set-LangSmithIamAnnotations {identity} -ChartVersion {version} {how} -Path $file");
                if (!IsFrom(FirstWithIam, version))
                {
                    Assert.Equal("ChartTooOld", result.ErrorId);
                    Assert.Equal(original, Text());
                    continue;
                }

                if (version == FirstWithIam)
                {
                    // The only one that makes no account for its tests, which reach PostgreSQL too: that is asked about.
                    Assert.Contains("e2eTest.serviceAccount.create is already set to false", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
                    result = _session.Run($"Set-LangSmithIamAnnotations {identity} -ChartVersion {version} {how} -Path $file -Force");
                }

                Assert.Empty(result.Errors);
                AssertOnlyEmptiesAreReplaced(original);
                var provider = identity[1] switch { 'R' => "Aws", 'S' => "Gcp", _ => "Azure" };
                _session.Run($"""
                    New-LangSmithPgConnectionString db.example.com langsmith -UserName x -IamAuthProvider {provider} |
                        New-LangSmithHelmValues -ChartVersion {version} | Export-LangSmithHelmValues -Path $file -Force
                    """).ThrowIfFailed();
                Assert.DoesNotContain(Lint(version), finding => finding.StartsWith("Fail", StringComparison.Ordinal) || finding.Contains("Values.Iam", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void The_group_of_the_pods_goes_into_it(string version)
    {
        var original = Copy(version);
        Assert.Empty(_session.Run($"Set-LangSmithPodSecurityContext -ChartVersion {version} -Path $file").Errors);
        Assert.Contains("\ncommonPodSecurityContext:\n  fsGroup: 1000\n", Text(), StringComparison.Ordinal);
        AssertOnlyEmptiesAreReplaced(original);

        Copy(version);
        var result = _session.Run($"Set-LangSmithPodSecurityContext -PerPod -ChartVersion {version} -Path $file");
        if (IsFrom(FirstWithClientCertificates, version))
        {
            Assert.Empty(result.Errors);
            AssertOnlyEmptiesAreReplaced(original);
            Assert.InRange(Regex.Count(Text(), "\n +fsGroup: 1000\n"), 10, 30);
        }
        else
        {
            Assert.Equal("ChartTooOld", result.ErrorId);
            Assert.Equal(original, Text());
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void The_connection_goes_into_it_once_the_change_of_the_database_is_wanted(string version)
    {
        var original = Copy(version);
        _session.Run($"$values = New-LangSmithPgConnectionString db.example.com langsmith -UserName app -Password p | New-LangSmithHelmValues -ChartVersion {version}").ThrowIfFailed();

        // Away from the PostgreSQL in the cluster, and its data.
        var refused = _session.Run("$values | Export-LangSmithHelmValues -Path $file");
        Assert.Contains("postgres.external.enabled is already set to false; the new value is true", Assert.Single(refused.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(original, Text());
        Assert.Empty(_session.Run("$values | Export-LangSmithHelmValues -Path $file -Force").Errors);

        AssertOnlyEmptiesAreReplaced(original);
        Assert.All(Lint(version), finding => Assert.StartsWith("Warning Values.OtherDatabase ", finding, StringComparison.Ordinal));
        Assert.Equal("langsmith-backend", _session.Run($"(New-LangSmithPgPreflightJob -Path $file -ChartVersion {version}).ServiceAccountName").Single.ToString());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Nothing_is_to_be_repaired_in_it(string version)
    {
        var original = Copy(version);

        Assert.Equal(["Warning Values.NotExternal postgres.external.enabled"], Lint(version));
        Assert.Empty(_session.Run($"Test-LangSmithHelmValues $file -ChartVersion {version} -Fix").Errors);

        Assert.Equal(original, Text());
        Assert.Equal("NoExternalPostgres", _session.Run($"New-LangSmithPgPreflightJob -Path $file -ChartVersion {version}").ErrorId);
    }

    static bool IsFrom(string first, string version) => new Version(version.Split('-')[0]) >= new Version(first);

    IEnumerable<string> Lint(string version) =>
        _session.Run($"(Test-LangSmithHelmValues $file -ChartVersion {version}).Findings.ForEach({{ \"$($_.Status) $($_.Id) $($_.Key)\" }})").Output.Select(one => one.ToString());

    // Every line is still there, but for those that gave way: nothing, an empty text or map, and a switch.
    void AssertOnlyEmptiesAreReplaced(string original)
    {
        var now = Text().Split('\n').GroupBy(line => line).ToDictionary(group => group.Key, group => group.Count());
        Assert.All(
            original.Split('\n').GroupBy(line => line).Where(group => group.Count() > now.GetValueOrDefault(group.Key)),
            group => Assert.Matches(Empty(), group.Key));
    }

    string Text() => File.ReadAllText(_folder.File("values.yaml"));

    string Copy(string version)
    {
        var folder = Environment.GetEnvironmentVariable("LANGSMITH_CHART_VALUES");
        var path = Path.Join(folder, $"{version}.yaml");
        Assert.SkipUnless(folder is { Length: > 0 } && File.Exists(path), $"LANGSMITH_CHART_VALUES names no folder with the chart's {version}.yaml.");
        File.WriteAllText(_folder.File("values.yaml"), File.ReadAllText(path));
        _session.Set("file", _folder.File("values.yaml"));
        return Text();
    }

    [GeneratedRegex(@"^ *[A-Za-z0-9]+:( (\{\}|""""|false))?( *#.*)?$")]
    private static partial Regex Empty();
}
