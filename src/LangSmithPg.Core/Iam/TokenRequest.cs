using LangSmithPg.Connections;

namespace LangSmithPg.Iam;

/// <summary>What a token is asked for with. Requests that are equal get the same token.</summary>
abstract record TokenRequest
{
    /// <summary>Whose token.</summary>
    public abstract IamAuthProvider Provider { get; }

    /// <summary>The request for a connection's host: what it needs is read from the host's name.</summary>
    /// <param name="provider">Whose token.</param>
    /// <param name="host">The host.</param>
    /// <param name="userName">The role to log in as.</param>
    public static TokenRequest For(IamAuthProvider provider, PgHost host, string userName)
    {
        ArgumentNullException.ThrowIfNull(host);
        return provider switch
        {
            IamAuthProvider.Aws => new AwsTokenRequest(host.Name, host.Port, userName) { Region = CloudHosts.AwsRegionOf(host.Name) },
            IamAuthProvider.Gcp => new GcpTokenRequest(),
            _ => new AzureTokenRequest { Cloud = CloudHosts.AzureCloudOf(host.Name) },
        };
    }
}

/// <summary>For Azure Database for PostgreSQL.</summary>
sealed record AzureTokenRequest : TokenRequest
{
    /// <inheritdoc/>
    public override IamAuthProvider Provider => IamAuthProvider.Azure;

    /// <summary>The tenant, or null for that of whoever is logged in.</summary>
    public string? TenantId { get; init; }

    /// <summary>Client ID of a managed identity that the machine or pod has; null for its own.</summary>
    public string? ClientId { get; init; }

    /// <summary>The cloud.</summary>
    public AzureCloud Cloud { get; init; }
}

/// <summary>For Amazon RDS and Aurora: such a token is for one server and one role.</summary>
/// <param name="HostName">The server's name, as AWS gave it.</param>
/// <param name="Port">Its TCP port.</param>
/// <param name="UserName">The role.</param>
sealed record AwsTokenRequest(string HostName, int Port, string UserName) : TokenRequest
{
    /// <inheritdoc/>
    public override IamAuthProvider Provider => IamAuthProvider.Aws;

    /// <summary>The server's region, such as <c>eu-west-1</c>; null for the one that the machine is set to.</summary>
    public string? Region { get; init; }

    /// <summary>A profile of AWS's configuration, or null for the usual one.</summary>
    public string? ProfileName { get; init; }
}

/// <summary>For Cloud SQL.</summary>
sealed record GcpTokenRequest : TokenRequest
{
    /// <inheritdoc/>
    public override IamAuthProvider Provider => IamAuthProvider.Gcp;
}
