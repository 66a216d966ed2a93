using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using LangSmithPg.Iam;

namespace LangSmithPg.Cloud;

/// <summary>
/// The signed URL that logs in to RDS: made here, without asking anybody. Source: docs.aws.amazon.com, "Signature Version 4 for API
/// requests", and "Connecting to your DB instance using IAM authentication".
/// </summary>
static class RdsSignature
{
    public const int Lifetime = 900;

    const string Service = "rds-db";

    public static string Create(ImmutableCredentials credentials, AwsTokenRequest request, string region, DateTime now)
    {
        // RDS is asked in lower case, whatever the connection says.
        var host = request.HostName.ToLowerInvariant();
        List<KeyValuePair<string, string>> head = [new("Action", "connect"), new("DBUser", request.UserName)];
        using var signed = new DefaultRequest(new ConnectRequest(), Service)
        {
            HttpMethod = "GET",
            UseQueryString = true,
            Endpoint = new UriBuilder(Uri.UriSchemeHttps, host, request.Port).Uri,
        };
        foreach (var (key, value) in head)
        {
            signed.Parameters.Add(key, value);
        }

        signed.Parameters.Add("X-Amz-Expires", Lifetime.ToString(CultureInfo.InvariantCulture));
        if (credentials.UseToken)
        {
            signed.Parameters.Add("X-Amz-Security-Token", credentials.Token);
        }

        var signature = AWS4PreSignedUrlSigner.SignRequest(
            signed, clientConfig: null, new RequestMetrics(), credentials.AccessKey, credentials.SecretKey, Service, region, now);
        // In the order in which AWS's own tools write it.
        List<KeyValuePair<string, string>> query =
        [
            .. head,
            new("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            new("X-Amz-Credential", $"{credentials.AccessKey}/{signature.Scope}"),
            new("X-Amz-Date", signature.ISO8601DateTime),
            new("X-Amz-Expires", Lifetime.ToString(CultureInfo.InvariantCulture)),
            new("X-Amz-SignedHeaders", signature.SignedHeaders),
            .. credentials.UseToken ? [new("X-Amz-Security-Token", credentials.Token)] : Array.Empty<KeyValuePair<string, string>>(),
            new("X-Amz-Signature", signature.Signature),
        ];
        return $"{host}:{request.Port}/?{string.Join('&', query.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"))}";
    }

    sealed class ConnectRequest : Amazon.Runtime.AmazonWebServiceRequest;
}
