using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Clouds;

namespace LangSmithPg.Binding;

/// <summary>The parts of a connection as PowerShell has them: columns of a table, keys of a hashtable, or parameters of a cmdlet.</summary>
sealed record ConnectionColumns
{
    // The names and aliases of the parameters; also the German ones of tables that people keep, and those that clouds give their servers.
    static readonly Dictionary<string, string> ColumnNames = new[]
    {
        (nameof(HostName), "HostName Host Server ServerName ComputerName FullyQualifiedDomainName Rechnername"),
        (nameof(Port), "Port"),
        (nameof(Database), "Database DatabaseName DbName Datenbank Datenbankname"),
        (nameof(Credential), "Credential"),
        (nameof(UserName), "UserName User Benutzer Benutzername"),
        (nameof(Password), "Password Passwort Kennwort"),
        (nameof(SslMode), "SslMode"),
        (nameof(UseSystemRootCertificate), "UseSystemRootCertificate"),
        (nameof(IamAuthProvider), "IamAuthProvider"),
        (nameof(Schema), "Schema"),
        (nameof(Purpose), "Purpose"),
        (nameof(Parameter), "Parameter"),
    }.SelectMany(one => one.Item2.Split(' ').Select(name => KeyValuePair.Create(name, one.Item1))).ToDictionary(StringComparer.OrdinalIgnoreCase);

    public string? HostName { get; init; }

    public int? Port { get; init; }

    public string? Database { get; init; }

    public PSCredential? Credential { get; init; }

    public string? UserName { get; init; }

    public SecureString? Password { get; init; }

    public SslMode? SslMode { get; init; }

    /// <summary>A boolean, or what a column has in its place.</summary>
    public object? UseSystemRootCertificate { get; init; }

    public IamAuthProvider? IamAuthProvider { get; init; }

    public string? Schema { get; init; }

    public DatabasePurpose? Purpose { get; init; }

    public IDictionary? Parameter { get; init; }

    /// <summary>What the server's cloud says of it, where it was read from such a description.</summary>
    public CloudServer? Server { get; init; }

    /// <summary>The first part that cannot be read, and what is expected; null if there is none.</summary>
    public (string Parameter, string Expected, string? Meant)? Unreadable =>
        OptionalTextAttribute.IsUnreadable(Port) ? (nameof(Port), OptionalTextAttribute.Expected(typeof(int)), null)
        : OptionalTextAttribute.IsUnreadable(SslMode) ? (nameof(SslMode), OptionalTextAttribute.Expected(typeof(SslMode)), OptionalTextAttribute.Meant(SslMode))
        : OptionalTextAttribute.IsUnreadable(IamAuthProvider) ? (nameof(IamAuthProvider), OptionalTextAttribute.Expected(typeof(IamAuthProvider)), OptionalTextAttribute.Meant(IamAuthProvider))
        : OptionalTextAttribute.IsUnreadable(Purpose) ? (nameof(Purpose), OptionalTextAttribute.Expected(typeof(DatabasePurpose)), OptionalTextAttribute.Meant(Purpose))
        : UsesSystemRootCertificate is (false, _) ? (nameof(UseSystemRootCertificate), "true or false", null)
        : ReferenceEquals(Credential, PSCredential.Empty) ? (nameof(Credential), "a credential, such as one from Get-Credential", null)
        : Credential is null && ReferenceEquals(Password, SecureTextAttribute.Unreadable) ? (nameof(Password), "a SecureString or a string", null)
        : ReferenceEquals(Parameter, TableAttribute.Unreadable) ? (nameof(Parameter), "a hashtable, such as @{ application_name = 'langsmith' }", null)
        : null;

    /// <summary>The first part that another encoding has damaged, or null.</summary>
    public string? Damaged => new[]
    {
        (nameof(HostName), HostName), (nameof(Database), Database), (nameof(UserName), UserName),
        (nameof(Password), Plain(Password)), (nameof(Schema), Schema),
    }.FirstOrDefault(one => one.Item2?.Contains('\uFFFD', StringComparison.Ordinal) is true).Item1;

    // False for what is neither true nor false: to PowerShell, any text is true.
    (bool IsReadable, bool? Value) UsesSystemRootCertificate => UseSystemRootCertificate switch
    {
        null => (true, null),
        bool flag => (true, flag),
        SwitchParameter flag => (true, flag.IsPresent),
        string text when string.IsNullOrWhiteSpace(text) => (true, null),
        string text when bool.TryParse(text, out var flag) => (true, flag),
        _ => (false, null),
    };

    /// <summary>Whether a text is the first line of a table: names of columns, with a delimiter between them.</summary>
    /// <param name="text">The text.</param>
    public static bool IsHeader(string? text) =>
        text?.Split([',', ';', '\t', '|']) is { Length: > 1 } names && names.Count(name => ColumnNames.ContainsKey(name.Trim(' ', '"', '\uFEFF'))) > 1;

    /// <summary>Reads them from an object with such properties, or a hashtable with such keys; null when it has none.</summary>
    /// <param name="row">The object.</param>
    public static ConnectionColumns? Of(PSObject row)
    {
        Dictionary<string, object?> values = [];
        foreach (var (name, value) in Cells(row))
        {
            if (ColumnNames.TryGetValue(name, out var column) && Value(value) is { } given)
            {
                values.TryAdd(column, given);
            }
        }

        return values.Count == 0 ? null : new()
        {
            HostName = Text(nameof(HostName)),
            Port = (int?)new OptionalTextAttribute(typeof(int)) { IsColumn = true }.Transform(engineIntrinsics: null!, values.GetValueOrDefault(nameof(Port))!),
            Database = Text(nameof(Database)),
            Credential = values.GetValueOrDefault(nameof(Credential)) is { } credential ? credential as PSCredential ?? PSCredential.Empty : null,
            UserName = Text(nameof(UserName)),
            Password = (SecureString?)new SecureTextAttribute { IsColumn = true }.Transform(engineIntrinsics: null!, values.GetValueOrDefault(nameof(Password))!),
            SslMode = (SslMode?)new OptionalTextAttribute(typeof(SslMode)) { IsColumn = true }.Transform(engineIntrinsics: null!, values.GetValueOrDefault(nameof(SslMode))!),
            UseSystemRootCertificate = values.GetValueOrDefault(nameof(UseSystemRootCertificate)),
            IamAuthProvider = (IamAuthProvider?)new OptionalTextAttribute(typeof(IamAuthProvider)) { IsColumn = true }
                .Transform(engineIntrinsics: null!, values.GetValueOrDefault(nameof(IamAuthProvider))!),
            Schema = Text(nameof(Schema)),
            Purpose = (DatabasePurpose?)new OptionalTextAttribute(typeof(DatabasePurpose)) { IsColumn = true }.Transform(engineIntrinsics: null!, values.GetValueOrDefault(nameof(Purpose))!),
            Parameter = (IDictionary?)new TableAttribute().Transform(engineIntrinsics: null!, values.GetValueOrDefault(nameof(Parameter))!),
        };

        string? Text(string column) => values.GetValueOrDefault(column) switch
        {
            null => null,
            string text => text,
            // Not what any object calls itself.
            IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
            _ => "",
        };
    }

    /// <summary>The same, with what is not here from another one.</summary>
    /// <param name="other">The other one, or null.</param>
    public ConnectionColumns Or(ConnectionColumns? other) => other is null ? this : new()
    {
        HostName = HostName ?? other.HostName,
        Port = Port ?? other.Port,
        Database = Database ?? other.Database,
        Credential = Credential ?? (UserName is null ? other.Credential : null),
        UserName = UserName ?? other.UserName,
        Password = Password ?? other.Password,
        SslMode = SslMode ?? other.SslMode,
        UseSystemRootCertificate = UseSystemRootCertificate ?? other.UseSystemRootCertificate,
        IamAuthProvider = IamAuthProvider ?? other.IamAuthProvider,
        Schema = Schema ?? other.Schema,
        Purpose = Purpose ?? other.Purpose,
        Parameter = Parameter ?? other.Parameter,
        // New-LangSmithPgConnectionString binds the host of Azure's servers by its name, and has it already.
        Server = HostName is null || HostName == other.HostName ? other.Server : Server,
    };

    /// <summary>The parts. Call only when nothing is <see cref="Unreadable"/>.</summary>
    public PartialConnection ToPartial() => new()
    {
        HostName = Given(HostName),
        Port = Port,
        Database = Given(Database),
        UserName = Given(Credential is null ? UserName : Credential.UserName),
        Password = Secret.From(Plain(Credential is null ? Password : Credential.Password)),
        SslMode = SslMode,
        UseSystemRootCertificate = UsesSystemRootCertificate.Value,
        IamAuthProvider = IamAuthProvider,
        Schema = Given(Schema),
        Purpose = Purpose,
        Parameters = Parameter is null ? null : [.. Parameters()],
        Server = Server,
    };

    static IEnumerable<(string Name, object? Value)> Cells(PSObject row)
    {
        if (row.BaseObject is IDictionary table)
        {
            foreach (DictionaryEntry entry in table)
            {
                yield return (entry.Key.ToString() ?? "", entry.Value);
            }

            yield break;
        }

        foreach (var property in row.Properties)
        {
            object? value;
            try
            {
                value = property.Value;
            }
            catch (GetValueException)
            {
                // Nothing that a part can be.
                value = row;
            }

            yield return (property.Name, value);
        }
    }

    // An object without a type of its own is what its properties are.
    static object? Value(object? value) => (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) is { } given and not "" ? given : null;

    static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static string? Plain(SecureString? text) => text is null || ReferenceEquals(text, SecureTextAttribute.Unreadable) ? null : new NetworkCredential("", text).Password;

    IEnumerable<PgParameter> Parameters()
    {
        foreach (DictionaryEntry entry in Parameter!)
        {
            yield return new(
                Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "", Convert.ToString(entry.Value, CultureInfo.InvariantCulture) ?? "");
        }
    }
}
