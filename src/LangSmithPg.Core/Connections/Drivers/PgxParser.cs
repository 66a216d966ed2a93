using System.Globalization;
using LangSmithPg.Connections.Parsing;

namespace LangSmithPg.Connections.Drivers;

/// <summary>
/// Reads as pgx does. Files and environment variables of the machine are left out of account.
/// Source: pgx 5.9.2, pgconn/config.go. Later versions read a URL as libpq does.
/// </summary>
static class PgxParser
{
    // notRuntimeParams of config.go, under libpq's name where pgx has its own.
    static readonly string[] Known =
    [
        "channel_binding", "connect_timeout", "dbname", "host", "krbspn", "krbsrvname", "max_protocol_version", "min_protocol_version",
        "passfile", "password", "port", "service", "servicefile", "sslcert", "sslkey", "sslmode", "sslnegotiation", "sslpassword",
        "sslrootcert", "sslsni", "target_session_attrs", "user",
    ];

    static readonly Dictionary<string, string[]> Choices = new(StringComparer.Ordinal)
    {
        ["channel_binding"] = ["", "disable", "prefer", "require"],
        ["max_protocol_version"] = ["", "3.0", "3.2", "latest"],
        ["min_protocol_version"] = ["", "3.0", "3.2", "latest"],
        ["target_session_attrs"] = ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"],
    };

    public static DriverParseResult Read(DriverText text)
    {
        var reading = new DriverParseResult();
        var settings = LibpqUrlParser.PrefixLength(text.Text) > 0 ? ReadUrl(text, reading) : PgxKeyValueParser.Read(text, reading);
        if (settings is not null)
        {
            foreach (var (name, value) in settings)
            {
                (Known.Contains(name, StringComparer.Ordinal) ? reading.Parameters : reading.ServerSettings)[name] = value;
            }

            _ = CheckHosts(reading) && Check(reading) && CheckTls(reading);
        }

        return reading;
    }

    static Dictionary<string, Part>? ReadUrl(DriverText text, DriverParseResult reading)
    {
        if (GoUrl.Parse(text, reading) is not { } url)
        {
            return null;
        }

        var settings = new Dictionary<string, Part>(StringComparer.Ordinal);
        if (!SplitHosts(url.Host, settings, reading))
        {
            return null;
        }

        Store(settings, "user", url.UserName);
        Store(settings, "password", url.Password);
        Store(settings, "dbname", url.Path with { Text = url.Path.Text.TrimStart('/') });
        foreach (var (name, value) in url.Query)
        {
            settings[CanonicalName(name)] = value;
        }

        return settings;
    }

    /// <summary>pgx knows the database under two names.</summary>
    public static string CanonicalName(string name) => name == "database" ? "dbname" : name;

    static bool SplitHosts(Part authority, Dictionary<string, Part> settings, DriverParseResult reading)
    {
        var names = new List<string>();
        var ports = new List<string>();
        foreach (var host in authority.Text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var bare = host.Trim('[', ']');
            if (!host.Contains(':', StringComparison.Ordinal) || IPv6Text.IsAddress(bare, allowZone: false) || IPv6Text.IsIPv4(bare))
            {
                names.Add(bare);
            }
            else if (SplitPort(host) is var (name, port))
            {
                names.AddRange(name.Length > 0 ? [name] : []);
                ports.AddRange(port.Length > 0 ? [port] : []);
            }
            else
            {
                return reading.Refuse(authority.Span, "it cannot tell the host from the port", "Write an IPv6 address as [address]:port, without a zone or with a port.");
            }
        }

        Store(settings, "host", authority with { Text = string.Join(',', names) });
        Store(settings, "port", authority with { Text = string.Join(',', ports) });
        return true;
    }

    // Go's net.SplitHostPort, for a text with a colon.
    static (string Name, string Port)? SplitPort(string host)
    {
        var colon = host.LastIndexOf(':');
        if (host[0] != '[')
        {
            return host[..colon].Contains(':', StringComparison.Ordinal) || host.AsSpan().IndexOfAny('[', ']') >= 0
                ? null
                : (host[..colon], host[(colon + 1)..]);
        }

        var close = host.IndexOf(']', StringComparison.Ordinal);
        return close + 1 == colon && host.LastIndexOf('[') == 0 && host.LastIndexOf(']') == close ? (host[1..close], host[(colon + 1)..]) : null;
    }

    static void Store(Dictionary<string, Part> settings, string name, Part? value)
    {
        if (value is { Text.Length: > 0 } part)
        {
            settings[name] = part;
        }
    }

    static bool Check(DriverParseResult reading)
    {
        foreach (var (name, allowed) in Choices)
        {
            if (reading[name] is { } value && !allowed.Contains(value.Text, StringComparer.Ordinal))
            {
                return reading.Refuse(value.Span, $"'{name}' has a value that it does not support", $"Use one of {string.Join(", ", allowed.Where(one => one.Length > 0))}.");
            }
        }

        if (reading["connect_timeout"] is { } timeout
            && !(!timeout.Text.EndsWith('\0') && long.TryParse(timeout.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0))
        {
            return reading.Refuse(timeout.Span, "'connect_timeout' is not a number of seconds", "Specify whole seconds.");
        }

        return reading["min_protocol_version"]?.Text is not ("3.2" or "latest") || reading["max_protocol_version"]?.Text is not "3.0"
            || reading.Refuse(reading["min_protocol_version"]?.Span, "min_protocol_version is above max_protocol_version", "Remove both.");
    }

    static bool CheckTls(DriverParseResult reading)
    {
        // Over a local socket there is no TLS, and with the system's authorities the mode is always verify-full.
        var mode = reading[ParameterNames.SslMode];
        if (reading.Hosts.Count > 0 && reading.Hosts.TrueForAll(host => host.Name.Text.StartsWith('/')))
        {
            return true;
        }

        if (reading[ParameterNames.SslRootCert]?.Text != ParameterNames.SystemRoots
            && mode is { Text.Length: > 0 } part && SslModeNames.FromText(part.Text) is null)
        {
            return reading.Refuse(part.Span, "'sslmode' has a value that it does not support", $"Use one of {string.Join(", ", SslModeNames.All)}.");
        }

        return mode?.Text == SslMode.Disable.ToText()
            || string.IsNullOrEmpty(reading["sslcert"]?.Text) == string.IsNullOrEmpty(reading["sslkey"]?.Text)
            || reading.Refuse((reading["sslcert"] ?? reading["sslkey"])?.Span, "sslcert and sslkey must be specified together", "Specify both or neither.");
    }

    static bool CheckHosts(DriverParseResult reading)
    {
        var host = reading["host"];
        var port = reading["port"];
        var names = host is null ? [] : host.Value.Text.Split(',');
        var ports = port is null ? [PortText.Default] : port.Value.Text.Split(',');
        for (var index = 0; index < Math.Max(1, names.Length); index++)
        {
            // A host beyond the list of ports takes the first.
            var text = index < ports.Length ? ports[index] : ports[0];
            if (PortText.Parse(text) is not { } value)
            {
                return reading.Refuse(port?.Span, "the part that it reads as the port is not a number from 1 to 65535");
            }

            if (index < names.Length)
            {
                reading.Hosts.Add((new(names[index], host!.Value.Span), $"{value}"));
            }
        }

        return true;
    }
}
