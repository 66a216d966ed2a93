using System.Globalization;
using System.Text;
using LangSmithPg.Common;
using LangSmithPg.Connections.Passwords;

namespace LangSmithPg.Connections.Parsing;

/// <summary>
/// A connection while it is being read: every form and the parts of a cmdlet fill one of these, and one set of checks
/// turns it into a <see cref="PgConnectionString"/>. Messages name places, never what stands there: it may be a secret that slipped.
/// </summary>
sealed class ConnectionDraft
{
    // PostgreSQL keeps 63 bytes of an identifier (NAMEDATALEN - 1).
    const int MaximumIdentifierBytes = 63;

    // What portals print where the password goes: Azure, AWS and Supabase.
    static readonly string[] Placeholders = ["{your_password}", "{your-password}", "{password}", "<password>", "[YOUR-PASSWORD]"];

    readonly List<(Part Name, Part? OwnPort)> _hosts = [];
    readonly List<Part> _ports = [];
    readonly List<(string Name, Part Value)> _parameters = [];
    readonly HashSet<string> _parameterNames = new(StringComparer.Ordinal);
    Part? _userName;
    Part? _password;
    Part? _database;
    Part _schema = new(PgConnectionString.DefaultSchema, null);
    IamAuthProvider? _iamAuthProvider;

    public DiagnosticBag Diagnostics { get; } = new();

    /// <summary>False when a parameter's name may be a piece of a password, and is not to be shown.</summary>
    public bool NamesParameters { get; set; } = true;

    public static ConnectionDraft FromParts(ConnectionParts parts)
    {
        var draft = new ConnectionDraft
        {
            _userName = new(parts.UserName, null),
            _database = new(parts.Database, null),
            _password = parts.Password is { } password ? new(password.Reveal(), null) : null,
            _schema = new(parts.Schema, null),
            _iamAuthProvider = parts.IamAuthProvider,
        };
        draft.SetHosts(new Part(parts.HostName, null));
        draft._ports.Add(new(parts.Port == PgHost.DefaultPort ? "" : parts.Port.ToString(CultureInfo.InvariantCulture), null));
        if (parts.SslMode is { } mode)
        {
            draft.AddParameter(ParameterNames.SslMode, new(mode.ToText(), null), null);
        }

        if (parts.UseSystemRootCertificate)
        {
            draft.AddParameter(ParameterNames.SslRootCert, new(ParameterNames.SystemRoots, null), null);
        }

        foreach (var parameter in parts.Parameters)
        {
            draft.SetParameter(parameter.Name, new(parameter.Reveal(), null), null);
        }

        return draft;
    }

    public static ConnectionDraft From(PgConnectionString connection, IamAuthProvider? iamAuthProvider, string? schema)
    {
        var draft = new ConnectionDraft
        {
            _userName = new(connection.UserName, null),
            _database = new(connection.Database, null),
            _password = connection.Password is { } password ? new(password.Reveal(), null) : null,
            _schema = new(schema ?? connection.Schema, null),
            _iamAuthProvider = iamAuthProvider ?? connection.IamAuthProvider,
        };
        foreach (var host in connection.Hosts)
        {
            draft.AddHost(new(host.Name, null), new(host.Port.ToString(CultureInfo.InvariantCulture), null));
        }

        draft._parameters.AddRange(connection.Parameters.Select(parameter => (parameter.Name, new Part(parameter.Reveal(), null))));
        return draft;
    }

    public void SetUserName(Part userName) => _userName = Replace("user", _userName, userName);

    public void SetPassword(Part password) => _password = Replace("password", _password, password);

    public void SetDatabase(Part database) => _database = Replace("dbname", _database, database);

    public void SetSchema(Part schema) => _schema = schema;

    /// <summary>Adds a host of a URL with its own port, which may be empty.</summary>
    public void AddHost(Part name, Part port)
    {
        _hosts.Add((name, null));
        _ports.Add(port);
    }

    /// <summary>Takes hosts of which some have a port of their own, which goes before the one that is given for all.</summary>
    public void SetHosts(Part all, IEnumerable<(Part Name, Part? OwnPort)> hosts)
    {
        WarnIf(_hosts.Exists(host => host.Name.Text.Length > 0), "host", all);
        _hosts.Clear();
        _hosts.AddRange(hosts);
    }

    /// <summary>Takes a libpq parameter to where it belongs.</summary>
    public void SetParameter(string name, Part value, TextSpan? span)
    {
        switch (name)
        {
            case "user":
                SetUserName(value);
                break;
            case "password":
                SetPassword(value);
                break;
            case "dbname":
                SetDatabase(value);
                break;
            case "host":
                SetHosts(value);
                break;
            case "port":
                WarnIf(_ports.Exists(port => port.Text.Length > 0), name, value);
                _ports.Clear();
                _ports.AddRange(value.Text.Split(',').Select(port => new Part(port, value.Span)));
                break;
            case "ssl" when value.Text == "true":
                Diagnostics.Warning(
                    ConnectionProblem.UnknownParameter, span, "Only libpq understands ssl=true.", "It is written as sslmode=require.");
                AddParameter(ParameterNames.SslMode, new(SslMode.Require.ToText(), value.Span), span);
                break;
            default:
                AddParameter(name, value, span);
                break;
        }
    }

    /// <summary>Checks everything and makes the connection, unless there are errors.</summary>
    public ConnectionResult Finish(ConnectionStringFormat? format)
    {
        // After a syntax error the pieces are not worth a second opinion.
        if (Diagnostics.HasErrors)
        {
            return new(null, format, Diagnostics.ToList());
        }

        var hosts = CheckHosts();
        CheckNames();
        CheckPassword();
        CheckParameters();
        CheckIam();
        var connection = Diagnostics.HasErrors
            ? null
            : new PgConnectionString(
                hosts, _database!.Value.Text, _userName!.Value.Text, Secret.From(_password?.Text),
                [.. _parameters.Select(one => new PgParameter(one.Name, one.Value.Text))], _iamAuthProvider, _schema.Text);
        return new(connection, format, Diagnostics.ToList()) { NamesParameters = NamesParameters };
    }

    void SetHosts(Part names) => SetHosts(names, names.Text.Split(',').Select(name => (new Part(name.Trim(), names.Span), (Part?)null)));

    void AddParameter(string name, Part value, TextSpan? span)
    {
        if (!_parameterNames.Add(name))
        {
            _parameters.RemoveAll(one => one.Name == name);
            WarnDuplicate(name, span);
        }

        _parameters.Add((name, value));
    }

    Part Replace(string name, Part? old, Part next)
    {
        WarnIf(old is not null, name, next);
        return next;
    }

    void WarnIf(bool isDuplicate, string name, Part next)
    {
        if (isDuplicate)
        {
            WarnDuplicate(name, next.Span);
        }
    }

    void WarnDuplicate(string name, TextSpan? span) => Diagnostics.Warning(
        ConnectionProblem.DuplicateParameter, span,
        ParameterNames.IsKnown(name) ? $"'{name}' is given more than once; the last one counts." : "A parameter is given more than once; the last one counts.",
        "Give it once.");

    List<PgHost> CheckHosts()
    {
        if (_hosts.Count == 0 || _hosts.Exists(host => host.Name.Text.Length == 0))
        {
            Error(ConnectionProblem.EmptyHost, _hosts.FirstOrDefault(host => host.Name.Text.Length == 0).Name.Span, "No host is named.", "Name the server that LangSmith is to reach.");
            return [];
        }

        if (_ports.Count > 1 && _ports.Count != _hosts.Count)
        {
            Error(ConnectionProblem.InvalidPort, _ports[0].Span, $"{(_hosts.Count == 1 ? "One host has" : $"{_hosts.Count} hosts have")} {_ports.Count} ports.", "Give one port for all or one for each.");
            return [];
        }

        if (_hosts.Count > 1)
        {
            Diagnostics.Warning(
                ConnectionProblem.SeveralHosts, _hosts[1].Name.Span, $"{_hosts.Count} hosts are named; LangSmith is not tested with more than one.",
                "Name the one address that always leads to the primary.");
        }

        List<PgHost> hosts = [];
        for (var index = 0; index < _hosts.Count; index++)
        {
            var (name, ownPort) = _hosts[index];
            var port = CheckPort(ownPort ?? _ports.Count switch { 0 => null, 1 => _ports[0], _ => _ports[index] });
            hosts.Add(new(CheckHostName(name), port));
        }

        return hosts;
    }

    string CheckHostName(Part host)
    {
        var (problem, message, fix) = HostNames.Check(host.Text, out var name);
        if (problem is { } what)
        {
            Error(what, host.Span, message, fix);
        }

        return name;
    }

    int CheckPort(Part? port)
    {
        if (port is not { Text.Length: > 0 } part)
        {
            return PgHost.DefaultPort;
        }

        if (PortText.Parse(part.Text) is { } number)
        {
            return number;
        }

        Error(
            ConnectionProblem.InvalidPort, part.Span, "The port is not a number from 1 to 65535.",
            part.Span is null ? "PostgreSQL's own is 5432." : "PostgreSQL's own is 5432. A ':' or '@' in a user or password is written %3A or %40.");
        return PgHost.DefaultPort;
    }

    void CheckNames()
    {
        if (_userName is not { Text.Length: > 0 })
        {
            Error(ConnectionProblem.EmptyUserName, _userName?.Span, "No user is named.", "Name the role that LangSmith logs in as; with IAM that is the identity's name.");
        }

        if (_database is not { Text.Length: > 0 })
        {
            Error(ConnectionProblem.EmptyDatabase, _database?.Span, "No database is named.", "Name it behind the host: user@host:port/database. Without it the drivers disagree on the one they take.");
        }

        if (_schema.Text.Length == 0 || Encoding.UTF8.GetByteCount(_schema.Text) > MaximumIdentifierBytes)
        {
            Error(ConnectionProblem.InvalidSchema, _schema.Span, "The schema's name is empty or longer than 63 bytes.", "Give the name as PostgreSQL keeps it.");
        }

        CheckPlaceholder("The user's name", _userName);
        CheckPlaceholder("The database's name", _database);
        CheckCharacters("The user name", _userName);
        CheckCharacters("The database's name", _database);
        CheckCharacters("The schema's name", _schema);
    }

    // {your_database}, <user>, [DB]
    void CheckPlaceholder(string what, Part? part)
    {
        if (part is { Text: ['{', _, .., '}'] or ['<', _, .., '>'] or ['[', _, .., ']'] } one)
        {
            Diagnostics.Warning(ConnectionProblem.PlaceholderName, one.Span, $"{what} is the placeholder of a template.", "Put the real name in its place.");
        }
    }

    void CheckPassword()
    {
        CheckCharacters("The password", _password);
        if (_password is not { Text: { Length: > 0 } text, Span: var span })
        {
            return;
        }

        if (Placeholders.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            Diagnostics.Warning(
                ConnectionProblem.PlaceholderPassword, span, "The password is the placeholder of a template.", "Put the real password in its place.");
        }
        else if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            Diagnostics.Warning(
                ConnectionProblem.SurroundingWhiteSpace, span, "The password begins or ends with white space.",
                "If it was read from a file, drop the line end.");
        }

        if (PercentEncoding.IsEncodable(text) && !PasswordForms.SuitsAllDrivers(text))
        {
            Diagnostics.Warning(
                ConnectionProblem.UnevenPassword, span,
                "The password holds characters that not every driver in LangSmith's pods takes for the same: libpq and asyncpg prepare it by SASLprep, pgx by PRECIS.",
                "Choose a password of ASCII characters. A character that cannot be seen may have come along when it was copied.");
        }
    }

    void CheckParameters()
    {
        foreach (var (name, value) in _parameters)
        {
            CheckCharacters("A parameter's name", new(name, value.Span));
            CheckCharacters("A parameter's value", value);
            if (name.Length == 0)
            {
                Error(ConnectionProblem.MalformedParameter, value.Span, "A parameter has no name.", "Give it as name=value.");
            }
            else if (name == ParameterNames.SslMode && SslModeNames.FromText(value.Text) is null)
            {
                Error(ConnectionProblem.InvalidSslMode, value.Span, "The sslmode is none that exists.", $"Use one of {string.Join(", ", SslModeNames.All)}.");
            }
        }

        // Of a text that is refused nobody knows what was meant for a name.
        var showsNames = NamesParameters && !Diagnostics.HasErrors;
        foreach (var (name, value) in _parameters.Where(one => one.Name.Length > 0 && !ParameterNames.IsKnown(one.Name)))
        {
            Diagnostics.Warning(
                ConnectionProblem.UnknownParameter, value.Span,
                showsNames
                    ? $"libpq does not know the parameter '{Shorten(name)}'; asyncpg and pgx send it to the server as a setting."
                    : "libpq does not know this parameter; asyncpg and pgx send it to the server as a setting.",
                "Leave it out unless the server has such a setting.");
        }

        var rootCertificate = _parameters.Find(one => one.Name == ParameterNames.SslRootCert).Value;
        if (rootCertificate.Text == ParameterNames.SystemRoots && Mode is not SslMode.VerifyFull)
        {
            Diagnostics.Warning(
                ConnectionProblem.WeakSystemRootCertificate, rootCertificate.Span,
                "sslrootcert=system goes with sslmode=verify-full alone; libpq 16 and later refuse anything weaker.",
                "Use sslmode=verify-full, or drop sslrootcert.");
        }
    }

    SslMode? Mode => _parameters.Find(one => one.Name == ParameterNames.SslMode).Value.Text is { } text ? SslModeNames.FromText(text) : null;

    void CheckIam()
    {
        if (_iamAuthProvider is null)
        {
            return;
        }

        if (_password is { Text.Length: > 0 })
        {
            Error(
                ConnectionProblem.PasswordWithIam, _password.Value.Span, "A password is given although the login goes by IAM.",
                "Leave the password out: the pods fetch a token in its place.");
        }

        if (Mode is null or < SslMode.Require)
        {
            Error(
                ConnectionProblem.IamWithoutTls, null, "IAM sends a token in place of the password, which needs TLS.",
                "Use sslmode=require or stronger.");
        }
    }

    void CheckCharacters(string what, Part? part)
    {
        if (part is { } one && (one.Text.Contains('\0', StringComparison.Ordinal) || !PercentEncoding.IsEncodable(one.Text)))
        {
            Error(
                ConnectionProblem.InvalidCharacter, one.Span, $"{what} has a NUL character or half of a surrogate pair.",
                "PostgreSQL cannot receive it: use another.");
        }
    }

    void Error(ConnectionProblem problem, TextSpan? span, string message, string fix) => Diagnostics.Error(problem, span, message, fix);

    static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
