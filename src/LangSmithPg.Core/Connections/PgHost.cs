using LangSmithPg.Common;

namespace LangSmithPg.Connections;

/// <summary>A host and its TCP port.</summary>
/// <param name="Name">DNS name, IPv4 or IPv6 address; an IPv6 address without its brackets.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
public sealed record PgHost(string Name, int Port)
{
    /// <summary>The port of a PostgreSQL server when none is given.</summary>
    public const int DefaultPort = 5432;

    /// <summary>Whether the name is an IPv6 address, which a URL writes in brackets.</summary>
    public bool IsIPv6 => Name.Contains(':', StringComparison.Ordinal);

    /// <summary>The URL form, such as <c>db.example.com:5432</c> or <c>[::1]:5432</c>.</summary>
    public override string ToString()
    {
        var name = PercentEncoding.Encode(Name, allowed: ":");
        return IsIPv6 ? $"[{name}]:{Port}" : $"{name}:{Port}";
    }
}
