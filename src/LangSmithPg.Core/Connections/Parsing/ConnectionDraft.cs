using System.Globalization;
using System.Text;
using LangSmithPg.Common;
using LangSmithPg.Connections.Passwords;
using LangSmithPg.Sql;
using LangSmithPg.Clouds;

namespace LangSmithPg.Connections.Parsing;

/// <summary>
/// A connection while it is being read: every form and the parts of a cmdlet fill one of these, and one set of checks
/// turns it into a <see cref="PgConnectionString"/>. Messages name places, never what stands there: it may be a secret that slipped.
/// </summary>
sealed class ConnectionDraft
{
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
    DatabasePurpose _purpose = DatabasePurpose.LangSmith;
    CloudServer? _server;

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
            _purpose = parts.Purpose,
            _server = parts.Server,
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

    public static ConnectionDraft From(PgConnectionString connection)
    {
        var draft = new ConnectionDraft
        {
            _userName = new(connection.UserName, null),
            _database = new(connection.Database, null),
            _password = connection.Password is { } password ? new(password.Reveal(), null) : null,
            _schema = new(connection.Schema, null),
            _iamAuthProvider = connection.IamAuthProvider,
            _purpose = connection.Purpose,
            _server = connection.Server,
        };
        foreach (var host in connection.Hosts)
        {
            draft.AddHost(new(host.Name, null), new(host.Port.ToString(CultureInfo.InvariantCulture), null));
        }

        draft._parameters.AddRange(connection.Parameters.Select(parameter => (parameter.Name, new Part(parameter.Reveal(), null))));
        return draft;
    }

    /// <summary>Puts other parts in the place of those that were read. Another user does not keep the password.</summary>
    public void Apply(PartialConnection changes)
    {
        if (changes.UserName is { } userName && userName != _userName?.Text)
        {
            (_userName, _password) = (new(userName, null), null);
        }

        _password = changes.Password is { } password ? new(password.Reveal(), null) : _password;
        _database = changes.Database is { } database ? new(database, null) : _database;
        _schema = changes.Schema is { } schema ? new(schema, null) : _schema;
        _iamAuthProvider = changes.IamAuthProvider ?? _iamAuthProvider;
        _purpose = changes.Purpose ?? _purpose;
        if (changes.HostName is { } hostName)
        {
            _hosts.Clear();
            _hosts.Add((new(hostName, null), null));
            _server = changes.Server;
        }

        if (changes.Port is { } port)
        {
            _ports.Clear();
            _ports.Add(new(port.ToString(CultureInfo.InvariantCulture), null));
        }

        if (changes.SslMode is { } mode)
        {
            _parameters.RemoveAll(one => one.Name == ParameterNames.SslMode);
            _parameters.Insert(0, (ParameterNames.SslMode, new(mode.ToText(), null)));
        }
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
                    ConnectionProblem.UnknownParameter, span, "Only libpq supports ssl=true.", "It is written as sslmode=require.");
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
                [.. _parameters.Select(one => new PgParameter(one.Name, one.Value.Text))], _iamAuthProvider, _schema.Text)
            {
                Purpose = _purpose,
                Server = _server,
            };
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
        ParameterNames.IsKnown(name) ? $"'{name}' is specified more than once; the last value is used." : "A parameter is specified more than once; the last value is used.",
        "Specify it once.");

    List<PgHost> CheckHosts()
    {
        if (_hosts.Count == 0 || _hosts.Exists(host => host.Name.Text.Length == 0))
        {
            Error(ConnectionProblem.EmptyHost, _hosts.FirstOrDefault(host => host.Name.Text.Length == 0).Name.Span, "No host is specified.", "Specify the server that LangSmith connects to.");
            return [];
        }

        if (_hosts is [_, { Name: var number }] && number.Text.Length > 0 && number.Text.All(char.IsAsciiDigit))
        {
            Error(
                ConnectionProblem.InvalidHost, number.Span, "The host is followed by a comma and a number, as SQL Server writes a port.",
                "Specify the port separately: -Port, or host:port in a connection string.");
            return [];
        }

        if (_ports.Count > 1 && _ports.Count != _hosts.Count)
        {
            Error(ConnectionProblem.InvalidPort, _ports[0].Span, $"{(_hosts.Count == 1 ? "One host has" : $"{_hosts.Count} hosts have")} {_ports.Count} ports.", "Specify one port for all hosts, or one for each.");
            return [];
        }

        if (_hosts.Count > 1)
        {
            Diagnostics.Warning(
                ConnectionProblem.SeveralHosts, _hosts[1].Name.Span, $"{_hosts.Count} hosts are specified; LangSmith is not tested with more than one.",
                "Specify the one address that always resolves to the primary.");
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
            part.Span is null ? "The default port of PostgreSQL is 5432." : "The default port of PostgreSQL is 5432. Write ':' or '@' in a user name or password as %3A or %40.");
        return PgHost.DefaultPort;
    }

    void CheckNames()
    {
        if (_userName is not { Text.Length: > 0 })
        {
            Error(ConnectionProblem.EmptyUserName, _userName?.Span, "No user is specified.", "Specify the role that LangSmith logs in as; with IAM, this is the name of the identity.");
        }

        if (_database is not { Text.Length: > 0 })
        {
            Error(ConnectionProblem.EmptyDatabase, _database?.Span, "No database is specified.", "Specify it after the host: user@host:port/database. Without it, drivers use different databases.");
        }

        if (_schema.Text.Length == 0 || Encoding.UTF8.GetByteCount(_schema.Text) > SqlIdentifier.MaximumBytes)
        {
            Error(ConnectionProblem.InvalidSchema, _schema.Span, "The schema name is empty or longer than 63 bytes.", "Specify the name as PostgreSQL stores it.");
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
            Diagnostics.Warning(ConnectionProblem.PlaceholderName, one.Span, $"{what} is a placeholder from a template.", "Replace it with the actual name.");
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
            // Its braces are not a mistake of their own.
            if (span is { } whole)
            {
                Diagnostics.Remove(ConnectionProblem.UnencodedCharacter, whole);
            }

            Diagnostics.Warning(
                ConnectionProblem.PlaceholderPassword, span, "The password is a placeholder from a template.", "Replace it with the actual password.");
        }
        else if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            Diagnostics.Warning(
                ConnectionProblem.SurroundingWhiteSpace, span, "The password starts or ends with white space.",
                "If it was read from a file, remove the line break.");
        }

        if (PercentEncoding.IsEncodable(text) && !PasswordForms.SuitsAllDrivers(text))
        {
            Diagnostics.Warning(
                ConnectionProblem.UnevenPassword, span,
                "The password contains characters that LangSmith's drivers process differently: libpq and asyncpg use SASLprep, pgx uses PRECIS.",
                "Choose a password of ASCII characters. It may contain an invisible character that was copied with it.");
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
                Error(ConnectionProblem.MalformedParameter, value.Span, "A parameter has no name.", "Specify it as name=value.");
            }
            else if (name == ParameterNames.SslMode && SslModeNames.FromText(value.Text) is null)
            {
                Error(
                    ConnectionProblem.InvalidSslMode, value.Span, "The sslmode is not valid.",
                    $"{(Nearest.To(value.Text, SslModeNames.All) is { } near ? $"Did you mean {near}? " : "")}Use one of {string.Join(", ", SslModeNames.All)}.");
            }
        }

        // Of a text that is refused nobody knows what was meant for a name.
        var showsNames = NamesParameters && !Diagnostics.HasErrors;
        foreach (var (name, value) in _parameters.Where(one => one.Name.Length > 0 && !ParameterNames.IsKnown(one.Name)))
        {
            Diagnostics.Warning(
                ConnectionProblem.UnknownParameter, value.Span,
                showsNames
                    ? $"libpq does not support the parameter '{Shorten(name)}'; asyncpg and pgx send it to the server as a setting."
                    : "libpq does not support this parameter; asyncpg and pgx send it to the server as a setting.",
                $"{(showsNames && Nearest.To(name, KnownParameters.All.Select(one => one.Name)) is { } near ? $"Did you mean {near}? " : "")}Remove it unless the server has this setting.");
        }

        var rootCertificate = _parameters.Find(one => one.Name == ParameterNames.SslRootCert).Value;
        if (rootCertificate.Text == ParameterNames.SystemRoots && Mode is not SslMode.VerifyFull)
        {
            Diagnostics.Warning(
                ConnectionProblem.WeakSystemRootCertificate, rootCertificate.Span,
                "sslrootcert=system requires sslmode=verify-full; libpq 16 and later reject weaker modes.",
                "Use sslmode=verify-full, or remove sslrootcert.");
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
                ConnectionProblem.PasswordWithIam, _password.Value.Span, "A password is specified, but the login uses IAM.",
                "Remove the password: the pods use a token instead.");
        }

        if (Mode is null or < SslMode.Require)
        {
            Error(
                ConnectionProblem.IamWithoutTls, null, "IAM sends a token instead of a password, which requires TLS.",
                "Use sslmode=require or stronger.");
        }
    }

    void CheckCharacters(string what, Part? part)
    {
        if (part is { } one && (one.Text.Contains('\0', StringComparison.Ordinal) || !PercentEncoding.IsEncodable(one.Text)))
        {
            Error(
                ConnectionProblem.InvalidCharacter, one.Span, $"{what} has a NUL character or half of a surrogate pair.",
                "PostgreSQL cannot receive it: use another character.");
        }
    }

    void Error(ConnectionProblem problem, TextSpan? span, string message, string fix) => Diagnostics.Error(problem, span, message, fix);

    static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
