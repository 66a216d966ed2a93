using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Completion;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Iam;

namespace LangSmithPg.Cmdlets.Iam;

/// <summary>Gets a cloud access token that is used as the password for PostgreSQL, for the signed-in user or the identity of the machine.</summary>
[Cmdlet(VerbsCommon.Get, "LangSmithPgAccessToken", DefaultParameterSetName = ProviderSet)]
[OutputType(typeof(AccessToken), typeof(string))]
public sealed class GetLangSmithPgAccessTokenCommand : LangSmithCmdlet
{
    const string ProviderSet = "Provider";
    const string ServerSet = "Server";
    const string ConnectionSet = "Connection";

    /// <summary>The cloud provider of the token.</summary>
    [Parameter(ParameterSetName = ProviderSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = ServerSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = ConnectionSet)]
    [OptionalText(typeof(IamAuthProvider), IsColumn = true)]
    public IamAuthProvider Provider { get; set; }

    /// <summary>The connections to get a token for: their cloud, host, port and user.</summary>
    [Parameter(ParameterSetName = ConnectionSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("ConnectionString", "InputObject")]
    [NullConnection]
    public ConnectionInput[] Connection { get; set; } = [];

    /// <summary>The Azure tenant; by default, that of the user who is signed in.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    public string? TenantId { get; set; }

    /// <summary>Client ID of a managed identity that the machine or pod has; its own by default.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    public string? ClientId { get; set; }

    /// <summary>The Azure cloud; that of the connection's host, or the public one, by default.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    [Alias("Cloud")]
    public AzureCloud? Environment { get; set; }

    /// <summary>Name of the RDS or Aurora server, as AWS gave it.</summary>
    [Parameter(ParameterSetName = ServerSet, Mandatory = true)]
    [Alias("Host", "Server")]
    public string HostName { get; set; } = "";

    /// <summary>TCP port of that server.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = PgHost.DefaultPort;

    /// <summary>The role to log in as.</summary>
    [Parameter(ParameterSetName = ServerSet, Mandatory = true)]
    [Alias("User")]
    public string UserName { get; set; } = "";

    /// <summary>Region of AWS; read from the server's name by default.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    [ArgumentCompleter(typeof(AwsNameCompleter))]
    public string? Region { get; set; }

    /// <summary>A profile of AWS's configuration; the usual one by default.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    [ArgumentCompleter(typeof(AwsNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>Return the token as a string.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var request in Requests())
        {
            Write(request);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var request in AcceptRest().Select(RequestFor).OfType<TokenRequest>())
        {
            Write(request);
        }
    }

    void Write(TokenRequest request)
    {
        try
        {
            var token = Await((say, cancellationToken) => AcquireAsync(request, say, cancellationToken));
            WriteObject(AsPlainText ? token.GetSecret().Reveal() : token);
        }
        catch (TokenException exception)
        {
            WriteError(exception.ToErrorRecord(request));
        }
    }

    // Apart, so that the clouds' libraries are loaded when they are needed.
    static async Task<AccessToken> AcquireAsync(TokenRequest request, Action<string> say, CancellationToken cancellationToken)
    {
        say($"Requesting an access token from {request.Provider}{(request is AwsTokenRequest aws ? $", for {aws.UserName} at {aws.HostName}:{aws.Port}" : "")}.");
        var token = await Cloud.AccessTokens.AcquireAsync(request, cancellationToken);
        say(token.ToString());
        return token;
    }

    IEnumerable<TokenRequest> Requests() => ParameterSetName == ConnectionSet
        ? Accept(Connection).Select(RequestFor).OfType<TokenRequest>()
        : [
            Provider == IamAuthProvider.Aws && HostName.Length == 0
                ? throw Missing()
                : Complete(TokenRequest.For(Provider, new(HostName, Port), UserName)),
        ];

    TokenRequest? RequestFor(PgConnectionString connection)
    {
        if ((MyInvocation.BoundParameters.ContainsKey(nameof(Provider)) ? Provider : connection.IamAuthProvider) is { } provider)
        {
            return Complete(TokenRequest.For(provider, connection.Hosts[0], connection.UserName));
        }

        WriteError(ErrorRecords.NoIamProvider(connection.Target));
        return null;
    }

    TokenRequest Complete(TokenRequest request) => request switch
    {
        AzureTokenRequest azure => azure with { TenantId = TenantId, ClientId = ClientId, Cloud = Environment ?? azure.Cloud },
        AwsTokenRequest aws => aws with { Region = Region ?? aws.Region, ProfileName = ProfileName },
        _ => request,
    };

    PipelineStoppedException Missing()
    {
        ThrowTerminatingError(ErrorRecords.AwsNeedsServer());
        return new();
    }
}
