using System.Net;
using System.Net.Sockets;

namespace LangSmithPg.Connections.Parsing;

/// <summary>Tells what can be a host.</summary>
static class HostNames
{
    // RFC 1035 limits a name to 253 characters.
    const int MaximumLength = 253;

    /// <summary>Checks a host; an IPv6 address comes out without its brackets.</summary>
    public static (ConnectionProblem? Problem, string Message, string Fix) Check(string host, out string name)
    {
        name = host;
        if (host.Contains("://", StringComparison.Ordinal))
        {
            return (ConnectionProblem.InvalidHost, "The host is a whole URL.",
                "Specify only the name or address, without scheme, port and path; ConvertFrom-LangSmithPgConnectionString parses a whole connection string.");
        }

        if (host.StartsWith('/') || host.StartsWith('@'))
        {
            return (ConnectionProblem.UnixSocketHost, "The host is a Unix socket, which LangSmith's pods cannot reach.", "Specify the server's TCP address.");
        }

        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            name = host[1..^1];
            return IsIPv6(name)
                ? (null, "", "")
                : (ConnectionProblem.InvalidHost, "The text in the host's brackets is not an IPv6 address.", "Use brackets only for IPv6 addresses.");
        }

        if (host.Contains(':', StringComparison.Ordinal))
        {
            return IsIPv6(host)
                ? (null, "", "")
                : (ConnectionProblem.InvalidHost, "The host contains a colon but is not an IPv6 address.", "Specify the port separately: -Port, or host:port in a connection string.");
        }

        return host.Length <= MaximumLength && host.All(IsHostCharacter)
            ? (null, "", "")
            : (ConnectionProblem.InvalidHost, "The host contains characters that are not valid in a host name, or is too long.",
                "Specify a DNS name or an address, without scheme, path or spaces; percent-encode special characters in the password.");
    }

    static bool IsHostCharacter(char character) => char.IsLetterOrDigit(character) || character is '-' or '.' or '_';

    // A zone such as %eth0 names a network card of the machine that connects.
    static bool IsIPv6(string text)
    {
        var zone = text.IndexOf('%', StringComparison.Ordinal);
        return IPAddress.TryParse(zone < 0 ? text : text[..zone], out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6
            && (zone < 0 || (zone + 1 < text.Length && text[(zone + 1)..].All(IsHostCharacter)));
    }
}
