using System.Text;
using LangSmithPg.Common;
using LangSmithPg.Connections.Parsing;
using LangSmithPg.Clouds;

namespace LangSmithPg.Connections;

/// <summary>
/// A checked connection to a PostgreSQL database. Immutable. It shows itself with its secrets masked;
/// <see cref="ToPlainText"/> is the one way to the whole text.
/// </summary>
public sealed class PgConnectionString : IEquatable<PgConnectionString>
{
    /// <summary>The schema that LangSmith uses unless told otherwise (chart value <c>postgres.external.schema</c>).</summary>
    public const string DefaultSchema = "public";

    internal PgConnectionString(
        IReadOnlyList<PgHost> hosts, string database, string userName, Secret? password,
        IReadOnlyList<PgParameter> parameters, IamAuthProvider? iamAuthProvider, string schema)
    {
        Hosts = hosts.ToArray();
        Database = database;
        UserName = userName;
        Password = password;
        Parameters = parameters.ToArray();
        IamAuthProvider = iamAuthProvider;
        Schema = schema;
    }

    /// <summary>Name of the first host.</summary>
    public string HostName => Hosts[0].Name;

    /// <summary>TCP port of the first host.</summary>
    public int Port => Hosts[0].Port;

    /// <summary>Name of the database.</summary>
    public string Database { get; }

    /// <summary>Role to log in as.</summary>
    public string UserName { get; }

    /// <summary>Whether there is a password.</summary>
    public bool HasPassword => Password is not null;

    /// <summary>TLS mode, or null when the connection says none.</summary>
    public SslMode? SslMode => this[ParameterNames.SslMode] is { } text ? SslModeNames.FromText(text) : null;

    /// <summary>Whether the authorities that the system trusts are asked for (<c>sslrootcert=system</c>).</summary>
    public bool UsesSystemRootCertificate => this[ParameterNames.SslRootCert] == ParameterNames.SystemRoots;

    /// <summary>The file with the trusted authorities (<c>sslrootcert</c>), or null.</summary>
    public string? RootCertificateFile => UsesSystemRootCertificate ? null : this[ParameterNames.SslRootCert];

    /// <summary>The parameters that name a file on the machine of whoever connects, such as <c>sslcert</c>.</summary>
    public IEnumerable<string> FileParameters => Parameters.Select(parameter => parameter.Name)
        .Where(name => ParameterNames.NamesFile(name) && !(name == ParameterNames.SslRootCert && UsesSystemRootCertificate));

    /// <summary>The cloud whose identity logs in, or null for a password. The chart sets it, the text does not hold it.</summary>
    public IamAuthProvider? IamAuthProvider { get; }

    /// <summary>The schema that LangSmith uses. The chart sets it, the text does not hold it.</summary>
    public string Schema { get; }

    /// <summary>What the database is for: LangSmith itself unless specified. The text does not hold it.</summary>
    public DatabasePurpose Purpose { get; internal init; } = DatabasePurpose.LangSmith;

    /// <summary>Where it leads: hosts and database, without user or secrets.</summary>
    public string Target => $"{string.Join(',', Hosts)}/{PercentEncoding.Encode(Database)}";

    /// <summary>All hosts in the order in which they are tried; nearly always one.</summary>
    public IReadOnlyList<PgHost> Hosts { get; }

    /// <summary>All parameters in their order, TLS included.</summary>
    public IReadOnlyList<PgParameter> Parameters { get; }

    /// <summary>The password, or null. It shows itself masked.</summary>
    public Secret? Password { get; }

    // What the server's cloud says of it, where the connection was read from such a description; or null. It does not make another connection.
    internal CloudServer? Server { get; init; }

    /// <summary>The value of a parameter, or null when it is not given.</summary>
    /// <param name="parameter">Name of the parameter, in lower case.</param>
    public string? this[string parameter] => Parameters.FirstOrDefault(one => one.Name == parameter)?.Reveal();

    /// <summary>Builds a connection from its parts.</summary>
    /// <param name="parts">The parts.</param>
    internal static ConnectionResult FromParts(ConnectionParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return ConnectionDraft.FromParts(parts).Finish(format: null);
    }

    /// <summary>Reads a connection in any <see cref="ConnectionStringFormat"/>. Never throws over the text.</summary>
    /// <param name="text">The text.</param>
    public static ConnectionResult Parse(string? text) => ConnectionStringParser.Parse(text, new());

    /// <summary>Reads a connection, with other parts in the place of some, or with parts that the text lacks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="changes">The other parts.</param>
    internal static ConnectionResult Parse(string? text, PartialConnection changes) => ConnectionStringParser.Parse(text, changes);

    /// <summary>The whole text, with its secrets.</summary>
    /// <param name="scheme">
    /// A scheme to put in front, such as <c>postgresql</c>. None by default: the LangSmith chart wants the text without a driver's name.
    /// </param>
    public string ToPlainText(string? scheme = null) => ToText(scheme, reveal: true);

    /// <summary>The text with its secrets masked.</summary>
    public override string ToString() => ToText(scheme: null, reveal: false);

    /// <summary>The same connection with another password.</summary>
    /// <param name="password">The password, or null for none.</param>
    public PgConnectionString WithPassword(Secret? password) =>
        new(Hosts, Database, UserName, password, Parameters, IamAuthProvider, Schema) { Purpose = Purpose, Server = Server };

    /// <summary>The same connection to another database of the server.</summary>
    /// <param name="database">Name of the database.</param>
    public PgConnectionString WithDatabase(string database) =>
        new(Hosts, database, UserName, Password, Parameters, IamAuthProvider, Schema) { Purpose = Purpose, Server = Server };

    /// <summary>The same connection to one of its hosts alone.</summary>
    /// <param name="host">The host.</param>
    internal PgConnectionString WithHost(PgHost host) =>
        new([host], Database, UserName, Password, Parameters, IamAuthProvider, Schema) { Purpose = Purpose, Server = Server };

    /// <summary>
    /// How another role logs in to another database of the same server, checked again. What only the first role logs in with is left out: its
    /// password, client certificate and cloud identity.
    /// </summary>
    /// <param name="database">Name of the database.</param>
    /// <param name="userName">The role.</param>
    /// <param name="password">Its password, or null where it is not known or there is none.</param>
    /// <param name="iamAuthProvider">The cloud whose identity logs in as the role, or null for a password.</param>
    /// <param name="purpose">What LangSmith uses the database for. Only its own can have its tables in another schema than <c>public</c>.</param>
    internal ConnectionResult ForRole(
        string database, string userName, Secret? password, IamAuthProvider? iamAuthProvider = null, DatabasePurpose purpose = DatabasePurpose.LangSmith) => Checked(ConnectionDraft.From(new(
        Hosts, database, userName, password, [.. Parameters.Where(parameter => !ParameterNames.IsOfRole(parameter.Name))],
        iamAuthProvider, purpose == DatabasePurpose.LangSmith ? Schema : DefaultSchema)
    {
        Server = Server,
        Purpose = purpose,
    }));

    /// <summary>
    /// The same connection as LangSmith's pods make it with mounted certificates: the server's certificate verified in full against the
    /// authorities of the pod (<c>sslmode=verify-full&amp;sslrootcert=system</c>), and no files that lie on this machine.
    /// </summary>
    public PgConnectionString WithMountedCertificates() => new(
        Hosts, Database, UserName, Password,
        [
            new(ParameterNames.SslMode, Connections.SslMode.VerifyFull.ToText()), new(ParameterNames.SslRootCert, ParameterNames.SystemRoots),
            .. Parameters.Where(parameter => !ParameterNames.IsAboutCertificates(parameter.Name)),
        ],
        IamAuthProvider, Schema)
    {
        Purpose = Purpose,
        Server = Server,
    };

    /// <summary>The same connection with what its text cannot say, checked again. Warnings about the text are not repeated.</summary>
    /// <param name="iamAuthProvider">The cloud whose identity logs in, or null to leave it as it is.</param>
    /// <param name="schema">The schema that LangSmith uses, or null to leave it as it is.</param>
    public ConnectionResult With(IamAuthProvider? iamAuthProvider, string? schema) =>
        With(new PartialConnection { IamAuthProvider = iamAuthProvider, Schema = schema });

    /// <summary>The same connection with changes, checked again. Warnings about the text are not repeated.</summary>
    /// <param name="changes">What is to be different. Another user does not keep the password.</param>
    internal ConnectionResult With(PartialConnection changes)
    {
        if (changes.IsEmpty)
        {
            return new(this, Format: null, []);
        }

        var draft = ConnectionDraft.From(this);
        draft.Apply(changes);
        return Checked(draft);
    }

    // Warnings about the text are not repeated.
    static ConnectionResult Checked(ConnectionDraft draft)
    {
        var result = draft.Finish(format: null);
        return result with { Diagnostics = [.. result.Errors] };
    }

    /// <summary>
    /// Takes this connection's secrets out of words that came from elsewhere, in every form that they may have there, and what would steer
    /// the terminal.
    /// </summary>
    /// <param name="text">What the server or the system said.</param>
    internal string Redact(string text)
    {
        var secrets = Parameters.Where(parameter => parameter.IsSecret).Select(parameter => parameter.Reveal());
        return VisibleText.Of(Redactor.Redact(text, Password is null ? secrets : secrets.Append(Password.Reveal())));
    }

    /// <inheritdoc/>
    public bool Equals(PgConnectionString? other) =>
        other is not null
        && Hosts.SequenceEqual(other.Hosts)
        && Database == other.Database
        && UserName == other.UserName
        && Equals(Password, other.Password)
        && Parameters.SequenceEqual(other.Parameters)
        && IamAuthProvider == other.IamAuthProvider
        && Schema == other.Schema
        && Purpose == other.Purpose;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PgConnectionString);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Hosts[0], Database, UserName, Password, Parameters.Count, Schema);

    string ToText(string? scheme, bool reveal)
    {
        var text = new StringBuilder();
        if (scheme is not null)
        {
            text.Append(scheme).Append("://");
        }

        text.Append(PercentEncoding.Encode(UserName));
        if (Password is not null)
        {
            text.Append(':').Append(reveal ? PercentEncoding.Encode(Password.Reveal()) : Redactor.Mask);
        }

        text.Append('@').AppendJoin(',', Hosts).Append('/').Append(PercentEncoding.Encode(Database));
        var separator = '?';
        foreach (var parameter in Parameters)
        {
            text.Append(separator).Append(parameter.ToText(reveal));
            separator = '&';
        }

        return text.ToString();
    }
}
