using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using LangSmithPg.Iam;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Cloud.Tests;

/// <summary>Tokens for RDS, which are signed here: the same as those of AWS's own command line, to the byte.</summary>
[Collection(nameof(SharedEnvironment))]
public sealed class AwsTokensTests : IDisposable
{
    static readonly DateTime Now = new(2026, 11, 24, 13, 0, 0, DateTimeKind.Utc);

    static readonly string[] Programs = ["/usr/bin/aws", "/usr/local/bin/aws"];

    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("db.abc.eu-west-1.rds.amazonaws.com", 5432, "langsmith", "eu-west-1", null)]
    [InlineData("db.abc.cn-north-1.rds.amazonaws.com.cn", 6432, "my user/é+%", "cn-north-1", null)]
    [InlineData("db.abc.us-gov-west-1.rds.amazonaws.com", 5432, "a.b_c-d~e", "us-gov-west-1", "tok/en+=&?")]
    public async Task The_token_is_that_of_the_aws_command_line(string host, int port, string user, string region, string? session)
    {
        var ours = RdsSignature.Create(new ImmutableCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG", session), new(host, port, user), region, Now);

        var theirs = await AskCommandLineAsync(
            session, ["rds", "generate-db-auth-token", "--hostname", host, "--port", $"{port}", "--username", user, "--region", region]);

        Assert.Equal(theirs, ours);
        Assert.Equal(Now.AddMinutes(15), TokenExpiry.Of(ours)!.Value.UtcDateTime);
    }

    [Fact]
    public async Task Credentials_come_from_the_environment_and_the_region_from_the_servers_name()
    {
        using var variables = new Variables(
            ("AWS_ACCESS_KEY_ID", "AKIDENV"), ("AWS_SECRET_ACCESS_KEY", "N33dle"), ("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_SHARED_CREDENTIALS_FILE", Path.Join(_folder, "none")));

        var token = await AcquireAsync(TokenRequest.For(Connections.IamAuthProvider.Aws, new("DB.abc.eu-central-1.rds.amazonaws.com", 5432), "langsmith"));

        Assert.StartsWith("db.abc.eu-central-1.rds.amazonaws.com:5432/?Action=connect&DBUser=langsmith&", token.GetSecret().Reveal(), StringComparison.Ordinal);
        Assert.Contains("AKIDENV%2F", token.GetSecret().Reveal(), StringComparison.Ordinal);
        Assert.InRange(token.ExpiresOn, DateTimeOffset.UtcNow.AddMinutes(14), DateTimeOffset.UtcNow.AddMinutes(16));
    }

    [Fact]
    public async Task A_profile_has_credentials_and_a_region_of_its_own()
    {
        var file = Path.Join(_folder, "credentials");
        File.WriteAllText(file, "[prod]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = N33dle\nregion = ap-south-1\n");
        using var variables = new Variables(("AWS_SHARED_CREDENTIALS_FILE", file), ("AWS_EC2_METADATA_DISABLED", "true"));

        var token = await AcquireAsync(new AwsTokenRequest("alias.example.com", 5432, "u") { ProfileName = "prod" });
        var problem = await Assert.ThrowsAsync<TokenException>(() => AcquireAsync(new AwsTokenRequest("alias.example.com", 5432, "u") { ProfileName = "absent", Region = "eu-west-1" }));

        Assert.Contains("AKIDPROFILE", token.GetSecret().Reveal(), StringComparison.Ordinal);
        Assert.Contains("ap-south-1", token.GetSecret().Reveal(), StringComparison.Ordinal);
        Assert.Equal(TokenProblemKind.CredentialsNotFound, problem.Kind);
        Assert.Contains("absent", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pods_role_is_taken_on_with_the_pods_own_token()
    {
        var file = Path.Join(_folder, "web-token");
        File.WriteAllText(file, "header.claims.signature");
        await using var service = new StubHttpServer(request => request.Body.Contains("AssumeRoleWithWebIdentity", StringComparison.Ordinal)
            ? (200, $"""
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
                <AccessKeyId>AKIDPOD</AccessKeyId><SecretAccessKey>N33dle</SecretAccessKey><SessionToken>session</SessionToken>
                <Expiration>{DateTime.UtcNow.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}</Expiration>
                </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
                """)
            : (400, ""));
        using var variables = new Variables(
            ("AWS_WEB_IDENTITY_TOKEN_FILE", file), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/langsmith"), ("AWS_ENDPOINT_URL_STS", service.Url),
            ("AWS_REGION", "eu-west-1"), ("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_SHARED_CREDENTIALS_FILE", Path.Join(_folder, "none")));

        var token = await AcquireAsync(new AwsTokenRequest("db", 5432, "u"));

        Assert.Contains("AKIDPOD", token.GetSecret().Reveal(), StringComparison.Ordinal);
        Assert.Contains("X-Amz-Security-Token=session", token.GetSecret().Reveal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_or_region_the_error_says_what_to_do()
    {
        using var variables = new Variables(("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_SHARED_CREDENTIALS_FILE", Path.Join(_folder, "none")), ("AWS_CONFIG_FILE", Path.Join(_folder, "none")));

        var nobody = await Assert.ThrowsAsync<TokenException>(() => AcquireAsync(new AwsTokenRequest("db", 5432, "u") { Region = "eu-west-1" }));
        var nowhere = await Assert.ThrowsAsync<TokenException>(() => AcquireAsync(new AwsTokenRequest("alias.example.com", 5432, "u")));

        Assert.Equal((TokenProblemKind.CredentialsNotFound, TokenProblemKind.RegionUnknown), (nobody.Kind, nowhere.Kind));
        Assert.Contains("AWS_ACCESS_KEY_ID", nobody.Message, StringComparison.Ordinal);
    }

    static Task<AccessToken> AcquireAsync(TokenRequest request) => AccessTokens.AcquireAsync(request, TestContext.Current.CancellationToken);

    // With the clock standing still at the same second.
    static async Task<string> AskCommandLineAsync(string? session, string[] arguments)
    {
        var (aws, faketime) = (Programs.FirstOrDefault(File.Exists), ProgramPath.Find("faketime"));
        Assert.SkipWhen(aws is null, "The aws command line is not on this machine.");
        Assert.SkipWhen(faketime is null, "faketime, which makes the clock of the aws command line stand still, is not on this machine.");
        var start = new ProcessStartInfo(faketime!, ["-f", Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), aws!, .. arguments])
        {
            RedirectStandardOutput = true,
            Environment = { ["TZ"] = "UTC", ["LC_ALL"] = "C.UTF-8", ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI/K7MDENG", ["AWS_EC2_METADATA_DISABLED"] = "true" },
        };
        if (session is not null)
        {
            start.Environment["AWS_SESSION_TOKEN"] = session;
        }

        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return answer.TrimEnd();
    }
}
