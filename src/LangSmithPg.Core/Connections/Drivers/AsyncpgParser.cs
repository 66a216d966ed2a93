using System.Text.RegularExpressions;
using LangSmithPg.Connections.Parsing;

namespace LangSmithPg.Connections.Drivers;

/// <summary>
/// Reads as asyncpg does. Files and environment variables of the machine are left out of account, but for the file named "system",
/// which nobody has. Source: asyncpg 0.31, asyncpg/connect_utils.py, <c>_parse_connect_dsn_and_args</c>.
/// </summary>
sealed partial class AsyncpgParser
{
    // asyncpg tries as many directories for a local socket when no host is named.
    const int DefaultHosts = 5;

    static readonly string[] Known =
    [
        "gsslib", "krbsrvname", "passfile", "password", "service", "ssl_max_protocol_version", "ssl_min_protocol_version", "sslcert",
        "sslcrl", "sslkey", "sslmode", "sslnegotiation", "sslpassword", "sslrootcert", "target_session_attrs", "user",
    ];

    readonly DriverParseResult _reading = new();
    readonly Dictionary<string, Part> _query = new(StringComparer.Ordinal);

    AsyncpgParser()
    {
    }

    public static DriverParseResult Read(DriverText text)
    {
        var reader = new AsyncpgParser();
        if (reader.ReadUrl(text) && AsyncpgOptions.Check(reader._reading))
        {
            reader.CheckPorts();
        }

        return reader._reading;
    }

    /// <summary>What <c>_parse_connect_dsn_and_args</c> makes of the text: a port that is out of range is an error only later.</summary>
    public static DriverParseResult Parse(DriverText text)
    {
        var reader = new AsyncpgParser();
        _ = reader.ReadUrl(text) && AsyncpgOptions.Check(reader._reading);
        return reader._reading;
    }

    bool ReadUrl(DriverText text)
    {
        if (PythonUrl.Split(text, _reading) is not { } url || !ReadQuery(url))
        {
            return false;
        }

        if (url.Scheme is not ("postgresql" or "postgres"))
        {
            return _reading.Refuse(null, "it does not start with postgresql:// or postgres://", "Specify the connection as a URL.");
        }

        return ReadAuthority(url) && ReadPath(url) && ReadQueryHosts() && TakeQuery();
    }

    bool ReadQuery(PythonUrl url)
    {
        var text = url.Source.Text;
        for (var start = url.QueryStart; url.QueryStart < url.QueryEnd && start <= url.QueryEnd;)
        {
            var end = Find(text, '&', start, url.QueryEnd);
            var equals = Find(text, '=', start, end);
            if (equals == end)
            {
                return _reading.Refuse(url.Source.Span(start, end), "a URL parameter has no '='", "Write it as name=value, separated by '&', with no '&' at the end.");
            }

            // Python drops a parameter without a value.
            if (equals + 1 < end)
            {
                _query[PythonUrl.UnquotePlus(text[start..equals])] = new(PythonUrl.UnquotePlus(text[(equals + 1)..end]), url.Source.Span(start, end));
            }

            start = end + 1;
        }

        return true;
    }

    bool ReadAuthority(PythonUrl url)
    {
        var text = url.Source.Text;
        var start = url.AuthorityStart;
        var at = Find(text, '@', start, url.AuthorityEnd);
        if (at < url.AuthorityEnd)
        {
            var colon = Find(text, ':', start, at);
            Store(url, "user", start, colon);
            Store(url, "password", Math.Min(colon + 1, at), at);
            start = at + 1;
        }

        return start == url.AuthorityEnd
            || ReadHosts(new(text[start..url.AuthorityEnd], url.Source.Span(start, url.AuthorityEnd)), ports: null, unquotes: true);
    }

    bool ReadPath(PythonUrl url)
    {
        var start = url.AuthorityEnd;
        if (start < url.PathEnd)
        {
            start += url.Source.Text[start] == '/' ? 1 : 0;
            _reading.Parameters["dbname"] = new(PythonUrl.Unquote(url.Source.Text[start..url.PathEnd]), url.Source.Span(start, url.PathEnd));
        }

        return true;
    }

    bool ReadQueryHosts()
    {
        Part[]? ports = null;
        if (Take("port") is { } port && _reading.Hosts.Count == 0)
        {
            ports = [.. port.Text.Split(',').Select(one => port with { Text = PythonInteger.Parse(one)! })];
            if (Array.Exists(ports, one => one.Text is null))
            {
                return RefusePort(port);
            }

            _reading.Parameters["port"] = port with { Text = string.Join(',', ports.Select(one => one.Text)) };
        }

        if (Take("host") is { } host && _reading.Hosts.Count == 0)
        {
            return ReadHosts(host, ports, unquotes: false);
        }

        return _reading.Hosts.Count > 0 || ports is null || ports.Length is 1 or DefaultHosts || RefusePortCount(ports[0]);
    }

    bool ReadHosts(Part list, Part[]? ports, bool unquotes)
    {
        var names = list.Text.Split(',');
        if (ports is { Length: > 1 } && ports.Length != names.Length)
        {
            return RefusePortCount(ports[0]);
        }

        for (var index = 0; index < names.Length; index++)
        {
            if (SplitPort(names[index]) is not var (name, ownPort))
            {
                return _reading.Refuse(list.Span, "a host or its brackets are empty", "Specify the server.");
            }

            var port = ports is not null ? ports[ports.Length == 1 ? 0 : index].Text
                : ownPort.Length == 0 ? PortText.Default
                : PythonInteger.Parse(unquotes ? PythonUrl.Unquote(ownPort) : ownPort);
            if (port is null)
            {
                return RefusePort(list);
            }

            _reading.Hosts.Add((list with { Text = unquotes ? PythonUrl.Unquote(name) : name }, port));
        }

        return true;
    }

    static (string Name, string Port)? SplitPort(string host)
    {
        switch (host)
        {
            case "":
                return null;
            case ['/', ..]:
                return (host, "");
            case ['[', ..]:
                var match = BracketedHost().Match(host);
                return match.Success ? (match.Groups[1].Value, match.Groups[2].Value) : null;
            default:
                var colon = Find(host, ':', 0, host.Length);
                return (host[..colon], host[Math.Min(colon + 1, host.Length)..]);
        }
    }

    bool TakeQuery()
    {
        var databases = new[] { Take("dbname"), Take("database") };
        if (_reading["dbname"] is null && Array.Find(databases, one => one is not null) is { } database)
        {
            _reading.Parameters["dbname"] = database;
        }

        foreach (var name in Known)
        {
            if (Take(name) is { } value && !(name is "user" or "password" && _reading[name] is not null))
            {
                _reading.Parameters[name] = value;
            }
        }

        foreach (var (name, value) in _query)
        {
            _reading.ServerSettings[name] = value;
        }

        return true;
    }

    bool CheckPorts() =>
        _reading.Hosts.Find(one => PortText.Parse(one.Port) is null) is not { Port: not null } host || RefusePort(host.Name);

    bool RefusePort(Part part) => _reading.Refuse(part.Span, "the part that it reads as the port is not a number from 1 to 65535");

    bool RefusePortCount(Part part) =>
        _reading.Refuse(part.Span, "the number of ports does not match the number of hosts", "Specify one port for all hosts, or one for each.");

    void Store(PythonUrl url, string name, int start, int end)
    {
        if (start < end)
        {
            _reading.Parameters[name] = new(PythonUrl.Unquote(url.Source.Text[start..end]), url.Source.Span(start, end));
        }
    }

    Part? Take(string name) => _query.Remove(name, out var part) ? part : null;

    static int Find(string text, char character, int start, int end) =>
        text.AsSpan(start, end - start).IndexOf(character) is >= 0 and var index ? start + index : end;

    [GeneratedRegex("\\A\\[([^\\]]+)\\](?::([0-9]+))?", RegexOptions.CultureInvariant)]
    private static partial Regex BracketedHost();
}
