using System.Net;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the connection is encrypted, all the way to the server.</summary>
sealed class TlsRule : IReadinessRule
{
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var local = IsLoopback(input.Connection.HostName);
        yield return input.Finding("Tls.Encryption",
            input.Tls is not null ? FindingStatus.Pass : local ? FindingStatus.NotApplicable : FindingStatus.Warning,
            input.Tls is { } tls ? $"The connection is encrypted ({tls.Protocol} {tls.Cipher})."
            : local ? "The connection does not leave this machine."
            : "The connection is not encrypted: the password and data are sent in clear text.") with
        {
            Evidence = $"sslmode={input.Connection.SslMode?.ToText() ?? "(not given)"}",
            Why = input.Connection.Purpose == DatabasePurpose.LangSmith ? "LangSmith keeps API keys and traces in this database." : $"{input.Requirements.Product} keeps data of LangSmith's users in this database.",
            Fix = input.Tls is null && !local ? "Use sslmode=require or verify-full; if TLS is off on the server, enable it (ssl = on)." : null,
        };

        var atServer = input.Facts.Tls?.Encrypted;
        yield return input.Finding("Tls.Termination",
            (input.Tls, atServer) switch
            {
                (null, _) => FindingStatus.NotApplicable,
                (_, null) => FindingStatus.Unknown,
                (_, true) => FindingStatus.Pass,
                _ => FindingStatus.Warning,
            },
            (input.Tls, atServer) switch
            {
                (null, _) => "The connection does not use TLS.",
                (_, null) => "The server does not report whether its connection uses TLS.",
                (_, true) => "TLS terminates at the server.",
                _ => "TLS terminates at a pooler or proxy: the connection from there to the server is not encrypted.",
            }) with
        {
            Why = "Traffic between the proxy and the server can be intercepted, and the certificate that was checked is the proxy's.",
            Fix = input.Tls is not null && atServer is false ? "Configure the pooler to use TLS to the server (pgbouncer: server_tls_sslmode = require), or connect directly." : null,
        };
    }

    static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
