using System.Globalization;
using LangSmithPg.Connections;
using LangSmithPg.Files;
using LangSmithPg.Iam;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Postgres.Moves;

/// <summary>
/// A connection as a program of PostgreSQL gets it: what is no secret as an argument, the password in its environment or a file. It is made
/// as safely as the one of this module, or not at all.
/// </summary>
/// <param name="Info">The connection without its password.</param>
/// <param name="Environment">Variables of the program.</param>
sealed record LibpqLogin(string Info, IReadOnlyDictionary<string, string> Environment)
{
    // Parameters that libpq has since a version.
    static readonly Dictionary<string, int> Since = new(StringComparer.Ordinal) { ["require_auth"] = 16, ["sslcertmode"] = 16, ["sslnegotiation"] = 17 };

    static readonly string[] PassedOn =
        ["channel_binding", "options", "require_auth", "ssl_max_protocol_version", "ssl_min_protocol_version", "sslcertmode", "sslnegotiation", "sslsni", "target_session_attrs"];

    /// <summary>Prepares it.</summary>
    /// <param name="given">The connection.</param>
    /// <param name="host">The host of it that is used, also by every worker.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="folder">A folder of the owner alone, for certificates.</param>
    /// <param name="major">Major version of the program.</param>
    /// <param name="application">What the program's sessions are to be called.</param>
    /// <param name="cancellationToken">Ends waiting for a token.</param>
    /// <exception cref="MoveException">Something of the connection cannot be passed on.</exception>
    /// <exception cref="TokenException">There is no token.</exception>
    public static async Task<LibpqLogin> PrepareAsync(
        PgConnectionString given, PgHost host, SessionOptions options, string folder, int major, string application, CancellationToken cancellationToken)
    {
        var connection = options.AsMounted(given);
        if (options.Forbids(connection) is { } forbidden)
        {
            throw NotPassed(forbidden.Message, forbidden.Fix.Text);
        }

        var password = options.AccessToken
            ?? (options.AcquireToken is { } acquire && connection is { IamAuthProvider: not null, HasPassword: false }
                ? (await Deadline.RunAsync(limit => acquire(host, limit), options.Timeout, cancellationToken)).GetSecret()
                : connection.Password);
        var prefix = Path.Join(folder, Guid.NewGuid().ToString("N"));
        Dictionary<string, string> parameters = new(StringComparer.Ordinal)
        {
            ["host"] = host.Name,
            ["port"] = host.Port.ToString(CultureInfo.InvariantCulture),
            ["dbname"] = connection.Database,
            ["user"] = connection.UserName,
            ["application_name"] = application,
            ["connect_timeout"] = Math.Max(2, (int)Math.Ceiling(options.Timeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture),
            // A network that freezes ends the program, and not the admin's patience.
            ["keepalives"] = "1",
            ["keepalives_idle"] = "30",
            ["keepalives_interval"] = "10",
            ["keepalives_count"] = "6",
            ["tcp_user_timeout"] = "90000",
            ["gssencmode"] = "disable",
            // What the admin's machine has, LangSmith's pods do not have.
            ["passfile"] = $"{prefix}.none",
        };
        AddTls(parameters, connection, options, prefix);
        foreach (var name in PassedOn)
        {
            if (connection[name] is { Length: > 0 } value)
            {
                parameters[name] = Since.GetValueOrDefault(name) <= major ? value : throw NotPassed(
                    $"pg_dump and pg_restore {major} do not support {name}.", $"Use the client tools of PostgreSQL {Since[name]} or later, or remove {name} from the connection.");
            }
        }

        RequireAscii(parameters);
        Dictionary<string, string> environment = [];
        if (password?.Reveal() is { Length: > 0 } secret)
        {
            // Windows hands variables on in its own code page.
            if (OperatingSystem.IsWindows() && !IsAscii(secret))
            {
                Write($"{prefix}.pass", $"*:*:*:*:{secret.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(":", @"\:", StringComparison.Ordinal)}\n");
                parameters["passfile"] = $"{prefix}.pass";
            }
            else
            {
                environment["PGPASSWORD"] = secret;
            }
        }

        return new(ConnectionInfo.Write(parameters), environment);
    }

    static void AddTls(Dictionary<string, string> parameters, PgConnectionString connection, SessionOptions options, string prefix)
    {
        var mode = connection.EffectiveSslMode();
        parameters["sslmode"] = mode.ToText();
        // Without a file of that name, libpq does without; with none given, it looks in the admin's folder.
        (parameters["sslrootcert"], parameters["sslcert"], parameters["sslkey"]) = ($"{prefix}.none", $"{prefix}.none", $"{prefix}.none");
        if (mode == SslMode.Disable)
        {
            return;
        }

        if (connection.UsesSystemRootCertificate || (mode >= SslMode.VerifyCa && connection.RootCertificateFile is null))
        {
            // The same authorities as in the check, whatever this machine trusts.
            Write($"{prefix}.ca", (options.Authorities ?? PublicAuthorities.ValidAt(DateTimeOffset.UtcNow)).ToPem());
            parameters["sslrootcert"] = $"{prefix}.ca";
        }
        else if (connection.RootCertificateFile is { } file)
        {
            parameters["sslrootcert"] = Path.GetFullPath(file);
        }

        var client = connection["sslcertmode"] == "disable" ? null : options.ClientCertificate ?? TlsTrust.ReadClient(connection);
        if (client is not null)
        {
            Write($"{prefix}.crt", client.ToPem());
            Write($"{prefix}.key", client.Key.Reveal());
            (parameters["sslcert"], parameters["sslkey"]) = ($"{prefix}.crt", $"{prefix}.key");
        }
    }

    static void RequireAscii(Dictionary<string, string> parameters)
    {
        if (OperatingSystem.IsWindows() && parameters.FirstOrDefault(one => !IsAscii(one.Value)) is { Key: { } name })
        {
            throw NotPassed($"On Windows, {name} cannot be passed to pg_dump and pg_restore because it has characters beyond ASCII.", "Run the command on Linux, or use a name without such characters.");
        }
    }

    static bool IsAscii(string text) => text.All(char.IsAscii);

    static void Write(string path, string text) => NewFile.Write(path, text, ownerOnly: true, replace: false);

    static MoveException NotPassed(string message, string fix) => new(MoveProblemKind.ConnectionNotPassed, message, fix);
}
