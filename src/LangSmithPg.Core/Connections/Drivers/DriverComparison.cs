using LangSmithPg.Connections.Parsing;

namespace LangSmithPg.Connections.Drivers;

/// <summary>Compares what a driver reads with what was meant. Names parts and places, never what was read: it may be a secret.</summary>
sealed class DriverComparison(PgDriver driver, DriverParseResult reading, PgConnectionString meant, bool namesParameters)
{
    // Parameters that a driver may send along when it connects, as the server knows them too. Source: PostgreSQL documentation,
    // "Message Formats", StartupMessage, and "Client Connection Defaults".
    static readonly string[] ServerKnows = ["application_name", "client_encoding", "options", "replication"];

    static readonly string[] Apart = ["dbname", "host", "password", "port", "user", ParameterNames.SslMode, ParameterNames.SslRootCert];

    readonly HashSet<string> _meantNames = meant.Parameters.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<DriverDifference> Differences() =>
        [.. Hosts(), .. Names(), .. TlsParameters.Compare(driver, reading, meant) is { } tls ? [tls] : Array.Empty<DriverDifference>(), .. Parameters()];

    public IReadOnlyList<string> Remarks()
    {
        var settings = reading.ServerSettings.Keys.Where(name => _meantNames.Contains(name) && !ParameterNames.IsKnown(name)).Order(StringComparer.Ordinal).ToList();
        return
        [
            .. settings.Count == 0 ? [] : new[] { $"It sends {Quote(settings)} to the server as {(settings.Count == 1 ? "a setting" : "settings")}, which the server must support and a pooler must allow." },
            .. TlsParameters.Remarks(driver, meant),
        ];
    }

    IEnumerable<DriverDifference> Hosts()
    {
        var span = reading.Hosts.Count > 0 ? reading.Hosts[0].Name.Span : null;
        if (!reading.Hosts.Select(host => host.Name.Text).SequenceEqual(meant.Hosts.Select(host => host.Name), StringComparer.Ordinal))
        {
            yield return new(ConnectionPart.Host, reading.Hosts.Count == 0 ? "It finds no host and uses its own machine." : "It reads a different host.", span);
        }

        if (reading.Hosts.Count > 0 && !reading.Hosts.Select(host => host.Port).SequenceEqual(meant.Hosts.Select(host => $"{host.Port}"), StringComparer.Ordinal))
        {
            yield return new(ConnectionPart.Port, "It reads a different port.", reading["port"]?.Span ?? span);
        }
    }

    IEnumerable<DriverDifference> Names()
    {
        if (TextOf("dbname") != meant.Database)
        {
            yield return new(ConnectionPart.Database, TextOf("dbname") is null ? "It finds no database and uses the one with the name of the user." : "It reads a different database.", reading["dbname"]?.Span);
        }

        if (TextOf("user") != meant.UserName)
        {
            yield return new(ConnectionPart.UserName, TextOf("user") is null ? "It finds no user name and uses the account that it runs as." : "It reads a different user name.", reading["user"]?.Span);
        }

        if (TextOf("password") != meant.Password?.Reveal())
        {
            yield return new(ConnectionPart.Password, TextOf("password") is null ? "It finds no password." : "It reads a different password.", reading["password"]?.Span);
        }
    }

    IEnumerable<DriverDifference> Parameters()
    {
        foreach (var parameter in meant.Parameters.Where(one => !Apart.Contains(one.Name, StringComparer.Ordinal)))
        {
            var name = namesParameters || ParameterNames.IsKnown(parameter.Name) ? $"the parameter '{Shorten(parameter.Name)}'" : "a parameter";
            var known = reading[parameter.Name];
            var sent = reading.ServerSettings.TryGetValue(parameter.Name, out var part) ? part : (Part?)null;
            if (known is null && sent is null)
            {
                yield return new(ConnectionPart.Parameter, $"It does not read {name}.", null);
            }
            else if ((known ?? sent)!.Value.Text != parameter.Reveal())
            {
                yield return new(ConnectionPart.Parameter, $"It reads a different value of {name}.", (known ?? sent)!.Value.Span);
            }
            else if (known is null && ParameterNames.IsKnown(parameter.Name) && !ServerKnows.Contains(parameter.Name, StringComparer.Ordinal))
            {
                yield return new(
                    ConnectionPart.ServerSetting, $"It does not support {name} and sends it to the server as a setting, which the server rejects.", sent!.Value.Span);
            }
        }

        // Not named: it was not meant as a parameter, so it may be a piece of a password.
        if (reading.ServerSettings.FirstOrDefault(one => !_meantNames.Contains(one.Key)) is { Key: not null } stray)
        {
            yield return new(ConnectionPart.ServerSetting, "It reads part of the text as a setting and sends it to the server.", stray.Value.Span);
        }
    }

    string? TextOf(string name) => reading[name] is { Text.Length: > 0 } part ? part.Text : null;

    string Quote(List<string> names) =>
        string.Join(", ", names.Take(5).Select(name => namesParameters ? $"'{Shorten(name)}'" : "a parameter")) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");

    static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
