using System.Management.Automation;
using LangSmithPg.Connections;
using LangSmithPg.Servers;

namespace LangSmithPg.Errors;

/// <summary>The one place where errors become PowerShell's: stable ids, a category by meaning, and what to do about it.</summary>
static class ErrorRecords
{
    public static ErrorRecord ToErrorRecord(this ConnectionDiagnostic diagnostic, string? target) =>
        Create(new ConnectionStringException([diagnostic]), diagnostic.Problem.ToString(), ErrorCategory.InvalidArgument, target, diagnostic.Fix);

    public static ErrorRecord ToErrorRecord(this ConnectionFailure failure, string target)
    {
        var words = string.Join(' ', new[] { failure.Message, failure.SqlState, failure.Detail }.Where(text => !string.IsNullOrEmpty(text)));
        return Create(new ServerConnectionException($"{target}: {words}", failure), failure.Kind.ToString(), CategoryOf(failure.Kind), target, failure.Fix);
    }

    public static ErrorRecord InvalidName(ArgumentException exception, string name) =>
        Create(exception, "InvalidName", ErrorCategory.InvalidArgument, name, "Choose another name.");

    public static ErrorRecord DeserializedConnection() => Create(
        new InvalidOperationException("The connection came back from another process or a file, and its password stayed behind."),
        "DeserializedConnection", ErrorCategory.InvalidArgument, target: null,
        "Build it with New-LangSmithPgConnectionString where it is used, from a credential.");

    public static ErrorRecord NotWritten(Exception exception, string path) => File.Exists(path)
        ? Create(exception, "FileExists", ErrorCategory.ResourceExists, path, "Replace it with -Force, or choose another path.")
        : Create(exception, "FileNotWritten", ErrorCategory.WriteError, path, "Check that the folder is there and may be written to.");

    public static ErrorRecord UnknownReportFormat(string path) => Create(
        new ArgumentException($"The extension of '{path}' does not tell the format of the report."),
        "UnknownReportFormat", ErrorCategory.InvalidArgument, path,
        "Use .html, .htm, .md, .json or .xml (JUnit), or say -Format Html, Markdown, Json or JUnit.");

    public static ErrorRecord NotAReport(string typeName) => Create(
        new ArgumentException($"An object of type {typeName} is no readiness report, or lost its findings on the way."),
        "NotAReport", ErrorCategory.InvalidArgument, typeName,
        "Pipe the output of Test-LangSmithPgReadiness, without -Quiet. In a job or on another machine, import this module there too.");

    // PowerShell shows the recommended action below the message.
    static ErrorRecord Create(Exception exception, string id, ErrorCategory category, object? target, string fix) =>
        new(exception, id, category, target) { ErrorDetails = new(exception.Message) { RecommendedAction = fix } };

    static ErrorCategory CategoryOf(ConnectionFailureKind kind) => kind switch
    {
        ConnectionFailureKind.PasswordMissing or ConnectionFailureKind.AuthenticationFailed or ConnectionFailureKind.RoleNotAllowed
            or ConnectionFailureKind.ClientCertificateMissing =>
            ErrorCategory.AuthenticationError,
        ConnectionFailureKind.AccessRuleMissing or ConnectionFailureKind.ConnectDenied => ErrorCategory.PermissionDenied,
        ConnectionFailureKind.HostNotFound or ConnectionFailureKind.DatabaseNotFound => ErrorCategory.ObjectNotFound,
        ConnectionFailureKind.TimedOut or ConnectionFailureKind.StatementTimedOut => ErrorCategory.OperationTimeout,
        ConnectionFailureKind.TooManyConnections or ConnectionFailureKind.NotAcceptingConnections => ErrorCategory.ResourceUnavailable,
        ConnectionFailureKind.NotPostgreSql or ConnectionFailureKind.UnsupportedServer or ConnectionFailureKind.PoolerRefusedParameter =>
            ErrorCategory.ProtocolError,
        ConnectionFailureKind.TlsNotOffered or ConnectionFailureKind.TlsHandshakeFailed or ConnectionFailureKind.CertificateNotTrusted
            or ConnectionFailureKind.CertificateNameMismatch or ConnectionFailureKind.RootCertificateUnreadable => ErrorCategory.SecurityError,
        _ => ErrorCategory.ConnectionError,
    };
}
