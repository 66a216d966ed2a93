using System.Management.Automation;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.EnvFiles;
using LangSmithPg.Extensions;
using LangSmithPg.Files;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Editing;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Iam;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Kubernetes;
using LangSmithPg.Ownership;
using LangSmithPg.Preflight;
using LangSmithPg.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Errors;

/// <summary>The one place where errors become PowerShell's: stable ids, a category by meaning, and what to do about it.</summary>
static class ErrorRecords
{
    public static ErrorRecord ToErrorRecord(this ConnectionDiagnostic diagnostic, string? target) =>
        Create(new ConnectionStringException([diagnostic]), diagnostic.Problem.ToString(), ErrorCategory.InvalidArgument, target, diagnostic.Fix);

    public static ErrorRecord ToErrorRecord(this ConnectionFailure failure, string target)
    {
        var words = string.Join(' ', new[] { failure.Message, failure.SqlState, failure.Detail }.Where(text => !string.IsNullOrEmpty(text)));
        return Create(new ServerConnectionException($"{target}: {words}", failure), failure.Kind.ToString(), CategoryOf(failure.Kind), target, failure.Fix.Text);
    }

    public static ErrorRecord NotInstalled(string target, ServerErrorKind kind, IReadOnlyList<ExtensionInstallation> installations)
    {
        var failed = installations.Where(one => one.Action == ExtensionAction.Failed).ToList();
        return Create(
            new InvalidOperationException($"{target}: no extension was installed. {string.Join('\n', failed.Select(one => one.Message))}"),
            kind.ToString(), CategoryOf(kind), target, string.Join('\n', failed.Select(one => one.Fix?.Text).OfType<string>().Distinct()));
    }

    public static ErrorRecord ToErrorRecord(this OwnershipProblem problem, OwnershipPlan plan) => Create(
        new InvalidOperationException($"{plan.Target}: {problem.Message}"), problem.Kind.ToString(), CategoryOf(problem.Kind), plan.Target, problem.Fix.Text);

    public static ErrorRecord NotTransferred(OwnershipTransfer transfer, ServerError error) => Create(
        new InvalidOperationException(
            $"{transfer.Target}: {transfer.Outcome} {(transfer.FailedStatement is { } statement ? $"{statement}: " : "")}{error}"),
        error.Kind.ToString(), CategoryOf(error.Kind), transfer.Target, transfer.Fix!.Text);

    public static ErrorRecord NotConfirmed(string target) => Create(
        new InvalidOperationException($"{target}: nobody is there to confirm it."), "NotConfirmed", ErrorCategory.OperationStopped, target,
        "Look at what would be done with -WhatIf; where nobody is there to be asked, confirm it with -Confirm:$false.");

    public static ErrorRecord ToErrorRecord(this CertificateProblem problem) =>
        Create(new CertificateException(problem), problem.Kind.ToString(), CategoryOf(problem.Kind), problem.Source, problem.Fix);

    public static ErrorRecord AnchorMissing(ServerCertificate server) => Create(
        new InvalidOperationException($"{server.HostName} does not send the certificate of its root, so that it cannot be taken from there."),
        "AnchorMissing", ErrorCategory.ObjectNotFound, server, $"Get the certificate of {VisibleText.Line(server.Chain.Certificates[^1].Issuer)} from whoever runs the server, and give its file with -Path.");

    public static ErrorRecord AnchorNotConfirmed(ServerCertificate server) => Create(
        new InvalidOperationException($"{server.HostName}: nobody said that the authority {VisibleText.Line(server.Chain.Anchor!.Subject)} is the right one."),
        "AnchorNotConfirmed", ErrorCategory.SecurityError, server,
        "Ask the server's administrator for the SHA-256 fingerprint of the authority's certificate, and give it with -Fingerprint.");

    public static ErrorRecord FingerprintMismatch(ServerCertificate server) => Create(
        new InvalidOperationException($"{server.HostName} shows the authority {VisibleText.Line(server.Chain.Anchor!.Subject)}, whose fingerprint is {server.AnchorFingerprint}, not the given one."),
        "FingerprintMismatch", ErrorCategory.SecurityError, server,
        "Check the fingerprint. If it is right, somebody else answers in the server's place.");

    public static ErrorRecord NotVerified(string target, TlsVerdict verdict) => Create(
        new InvalidOperationException($"{target}: the bundle does not verify the server's certificate. {verdict.Reason}"),
        "CertificateNotVerified", ErrorCategory.SecurityError, target, "See Get-LangSmithPgCertificate for what the server shows, and give its authority.");

    public static ErrorRecord VerificationMissing(string target) => Create(
        new InvalidOperationException($"{target}: with certificates of its own, LangSmith needs sslmode=verify-full and sslrootcert=system in the connection, and its Secret has them not."),
        "VerificationMissing", ErrorCategory.InvalidArgument, target,
        "Make the connection with New-LangSmithPgConnectionString -SslMode VerifyFull -UseSystemRootCertificate, and the Secret and the values from it.");

    public static ErrorRecord InvalidName(InvalidNameException exception) =>
        Create(exception, "InvalidName", ErrorCategory.InvalidArgument, exception.Name, "Choose another name.");

    // Neither the row nor the value is shown: there may be a password in them.
    public static ErrorRecord InvalidValue(string parameter, string expected, int? row) => Create(
        new ArgumentException($"{(row is null ? "The" : $"Row {row}: the")} value of {parameter} is not {expected}."), "InvalidValue", ErrorCategory.InvalidArgument,
        target: null, $"Give {expected}, or leave it out.");

    public static ErrorRecord NotAPath(string parameter) => Create(
        new ArgumentException($"The value of {parameter} is not a path."), "NotAPath", ErrorCategory.InvalidArgument, target: null,
        "Give the path as text, or a file of Get-Item or Get-ChildItem.");

    public static ErrorRecord NotACertificate() => Create(
        new ArgumentException("The value of Certificate is not a certificate."), "NotACertificate", ErrorCategory.InvalidArgument, target: null,
        "Give a certificate, such as Get-ChildItem Cert:\\CurrentUser\\My gives; a file is given by its path.");

    public static ErrorRecord DeserializedConnection() => Create(
        new InvalidOperationException("The connection came back from another process or a file, and its password stayed behind."),
        "DeserializedConnection", ErrorCategory.InvalidArgument, target: null,
        "Build it with New-LangSmithPgConnectionString where it is used, from a credential.");

    public static ErrorRecord NotAConnection(string typeName, IReadOnlyList<string> columns) => columns.Count > 0
        ? Create(
            new ArgumentException($"An object of type {typeName} is no connection: its columns {string.Join(", ", columns)} are the parts of one."),
            "NotAConnection", ErrorCategory.InvalidArgument, typeName, "Make connections first: Import-Csv ... | New-LangSmithPgConnectionString | ...")
        : Create(
            new ArgumentException($"An object of type {typeName} is no connection."), "NotAConnection", ErrorCategory.InvalidArgument, typeName,
            "Give what New-LangSmithPgConnectionString or ConvertFrom-LangSmithPgConnectionString makes, or a connection string.");

    public static ErrorRecord Deserialized(Type type, PSObject value) => value.Properties[nameof(IDocument.HoldsSecrets)]?.Value is true
        ? Create(
            new InvalidOperationException($"The {type.Name} came back from another process or a file, and what it keeps secret stayed behind."),
            "DeserializedSecret", ErrorCategory.InvalidArgument, target: null, "Make it where it is used.")
        : Create(
            new InvalidOperationException($"The {type.Name} came back from another process or a file, and lost too much on the way."),
            "DeserializedObject", ErrorCategory.InvalidArgument, target: null, "Make it where it is used; in a job or on another machine, import this module there too.");

    public static ErrorRecord NotTaken(string typeName, Type wanted) => Create(
        new ArgumentException($"An object of type {typeName} is not what is written here: {(wanted == typeof(HelmValues) ? "values of this module" : "a Secret, values or a job of this module")}."),
        "NotADocument", ErrorCategory.InvalidArgument, typeName,
        wanted == typeof(HelmValues) ? "Pipe what New-LangSmithHelmValues gives." : "Pipe what New-LangSmithPgSecret, New-LangSmithCaSecret, New-LangSmithMtlsSecret, New-LangSmithHelmValues or New-LangSmithPgPreflightJob gives.");

    public static ErrorRecord Unexpected(Exception exception) => Create(
        exception, "Unexpected", ErrorCategory.NotSpecified, target: null, "This is a fault of the module: please report it with the output of Get-Error.");

    public static ErrorRecord NotWritten(Exception exception, string path, bool replace) => exception is NotAFileException
        ? Create(exception, "FileNotWritten", ErrorCategory.WriteError, path, "Give the path of a file. For a program or a device, pipe the text: ConvertTo-LangSmithYaml gives that of manifests and values.")
        : !replace && File.Exists(path)
        ? Create(exception, "FileExists", ErrorCategory.ResourceExists, path, "Replace it with -Force, or choose another path.")
        : Create(exception, "FileNotWritten", ErrorCategory.WriteError, path, "Check that the folder is there and may be written to.");

    public static ErrorRecord ToErrorRecord(this FileEditException exception, string path) => Create(
        new InvalidOperationException($"{path}: {exception.Message}", exception), exception.Kind.ToString(),
        exception.Kind == FileProblemKind.FileChanged ? ErrorCategory.ResourceBusy : ErrorCategory.InvalidData, path, exception.Fix);

    public static ErrorRecord NoEnvFile(EnvFileException exception, string path) => Create(
        new InvalidOperationException($"{path}: {exception.Message}", exception), "NoEnvFile", ErrorCategory.InvalidData, path, exception.Fix);

    public static ErrorRecord NotEdited(Exception exception, string path) => Create(
        exception, "FileNotWritten", exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError, path,
        exception is NotAFileException ? "Give the path of a file." : "Check that the file and its folder are there and may be written to.");

    public static ErrorRecord ToErrorRecord(this TokenException exception, object target) => Create(
        exception, exception.Kind.ToString(),
        exception.Kind switch
        {
            TokenProblemKind.RegionUnknown => ErrorCategory.InvalidArgument,
            TokenProblemKind.TokenServiceUnreachable => ErrorCategory.ConnectionError,
            _ => ErrorCategory.AuthenticationError,
        },
        target, exception.Fix);

    public static ErrorRecord ToErrorRecord(this IamRoleProblem problem, string target) => Create(
        new InvalidOperationException($"{target}: {problem.Message}"), problem.Kind.ToString(),
        problem.Kind switch
        {
            IamRoleProblemKind.CloudUserMissing => ErrorCategory.ObjectNotFound,
            IamRoleProblemKind.RoleTaken => ErrorCategory.ResourceExists,
            IamRoleProblemKind.NameNotPossible => ErrorCategory.InvalidArgument,
            _ => ErrorCategory.InvalidOperation,
        },
        target, problem.Fix.Text);

    public static ErrorRecord IamRoleRefused(string target, string statement, ServerError error, IReadOnlyList<IamRoleStep> done) => Create(
        new InvalidOperationException($"{target}: {Took(error, done)}. {statement}: {error}"),
        error.Kind.ToString(), CategoryOf(error.Kind), target,
        "Run it as a role that may: the owner of the database with CREATEROLE; on Azure a Microsoft Entra admin. -AsScript gives the SQL for somebody else. It may be run again.");

    // The answer to a COMMIT may be lost where the COMMIT was not.
    static string Took(ServerError error, IReadOnlyList<IamRoleStep> done) => (error.LeavesCommitOpen, done.Count) switch
    {
        (true, _) => "whether it took effect is not known",
        (_, 0) => "nothing was done",
        _ => $"{done.Count} statements took effect",
    };

    public static ErrorRecord NoClientCertificate() => Create(
        new ArgumentException("There is a key or a password for a client certificate, and no client certificate."), "NoClientCertificate",
        ErrorCategory.InvalidArgument, target: null, "Give it with -ClientCertificate.");

    public static ErrorRecord NoIamProvider(string target) => Create(
        new InvalidOperationException($"{target}: the connection does not say whose token it takes."), "NoIamProvider", ErrorCategory.InvalidArgument, target,
        "Give it with -Provider, or make the connection with -IamAuthProvider.");

    public static ErrorRecord AwsNeedsServer() => Create(
        new ArgumentException("A token of AWS is for one server and one role."), "AwsNeedsServer", ErrorCategory.InvalidArgument, target: null,
        "Give -HostName and -UserName, or a connection.");

    public static ErrorRecord ValuesNotRead(Exception exception, string path) =>
        FileNotRead(exception, path, "Check that the path leads to a values file that you may read.");

    public static ErrorRecord LogNotRead(Exception exception, string path) =>
        FileNotRead(exception, path, "Check that the path leads to a log that you may read.");

    public static ErrorRecord ValuesConflict(string path, ValuesChange conflict) => Create(
        new InvalidOperationException($"{path}, line {conflict.Line}: {conflict.Path} is {conflict.OldValue}, and {conflict.NewValue} is to be set."),
        "ValuesConflict", ErrorCategory.ResourceExists, conflict, "Look at the change with -WhatIf -Force; replace the value with -Force.");

    public static ErrorRecord ValuesDisagree(ArgumentException exception, HelmValues values) =>
        Create(exception, "ValuesDisagree", ErrorCategory.InvalidArgument, values, "Give values for one and the same installation.");

    public static ErrorRecord UnknownReportFormat(string path) => Create(
        new ArgumentException($"The extension of '{path}' does not tell the format of the report."),
        "UnknownReportFormat", ErrorCategory.InvalidArgument, path,
        "Use .html, .htm, .md, .json or .xml (JUnit), or say -Format Html, Markdown, Json or JUnit.");

    public static ErrorRecord NotAReport(string typeName) => Create(
        new ArgumentException($"An object of type {typeName} is no readiness report, or lost its findings on the way."),
        "NotAReport", ErrorCategory.InvalidArgument, typeName,
        "Pipe the output of Test-LangSmithPgReadiness, without -Quiet. In a job or on another machine, import this module there too.");

    public static ErrorRecord SeveralModuleSources() => Create(
        new ArgumentException("The module can come from one place only."), "SeveralModuleSources", ErrorCategory.InvalidArgument, target: null,
        "Give one of -ModuleInImage, -ModuleVolumeClaim and -ModuleRepository, or none: then the manifest carries it.");

    // Its target is not shown either: there may be a password in it.
    public static ErrorRecord InvalidRepository(ArgumentException exception) => Create(
        exception, "InvalidRepository", ErrorCategory.InvalidArgument, target: null,
        "Give the address of a repository that the pod reaches without a login, such as https://www.powershellgallery.com/api/v2.");

    public static ErrorRecord ModuleNotPacked(Exception exception, string folder) => Create(
        exception, "ModuleNotPacked", ErrorCategory.ReadError, folder,
        "Install the module anew, or let the pod take it from elsewhere: -ModuleInImage, -ModuleVolumeClaim or -ModuleRepository.");

    public static ErrorRecord NamespaceMissing(string account) => Create(
        new ArgumentException($"The service account {account} can only be handed to Helm with the namespace of the release."), "NamespaceMissing",
        ErrorCategory.InvalidArgument, account, "Give it with -Namespace.");

    public static ErrorRecord ToErrorRecord(this PreflightException exception, object? target = null) => Create(
        exception, exception.Kind.ToString(), exception.Kind switch
        {
            PreflightProblemKind.NoExternalPostgres or PreflightProblemKind.SchemaWithVariable => ErrorCategory.InvalidArgument,
            PreflightProblemKind.NoPreflightResult => ErrorCategory.ObjectNotFound,
            _ => ErrorCategory.InvalidData,
        },
        target, exception.Fix);

    public static ErrorRecord UnknownChart(ArgumentOutOfRangeException exception, ChartVersion version) => Create(
        exception, "UnknownChart", ErrorCategory.InvalidArgument, version, $"Upgrade to a chart from {ChartCatalogue.Oldest} on, or name its version.");

    public static ErrorRecord ChartTooOld(ChartTooOldException exception) => Create(
        exception, "ChartTooOld", ErrorCategory.NotImplemented, exception.Version?.ToString(),
        $"Upgrade to chart {exception.Since} or later, and name it with -ChartVersion.");

    // What nobody looked at may well have it.
    public static ErrorRecord UnknownComponent(string name, LintChart chart, IEnumerable<ChartComponent> known) => Create(
        new ArgumentException(chart switch
        {
            { TakenFor: { } taken } => $"Chart {taken}, for which {chart.Version} is taken, has no such component: {name}.",
            { Version: { } version } => $"Chart {version} has no such component: {name}.",
            _ => $"The chart has no such component: {name}.",
        }), "UnknownComponent", ErrorCategory.ObjectNotFound, name,
        $"Choose among {string.Join(", ", known)}{(chart.TakenFor is null ? "" : ", or give the chart itself with -Chart")}.");

    public static ErrorRecord ChartAndVersion(string chart) => Create(
        new ArgumentException("-Chart and -ChartVersion cannot be given together: a chart says its version."), "ChartAndVersion", ErrorCategory.InvalidArgument, chart,
        "Leave out -ChartVersion.");

    public static ErrorRecord ChartNotRead(Exception exception, string path) => Create(
        exception, "ChartNotRead", ErrorCategory.ReadError, path,
        "Give the folder of the chart, its archive as helm pull writes it, or a .yaml file of helm show values.");

    public static ErrorRecord InvalidIdentity(FormatException exception) => Create(
        exception, "InvalidIdentity", ErrorCategory.InvalidArgument, target: null, "Copy it from the cloud's console or command line.");

    public static ErrorRecord OtherIamProvider(string provider, WorkloadIdentity identity) => Create(
        new InvalidOperationException($"The values let {provider} log in ({IamValues.Provider}), and the identity is one of {identity.Provider}."),
        "OtherIamProvider", ErrorCategory.InvalidArgument, identity.ToString(),
        $"Give an identity of {provider}, or set {IamValues.Provider} to {identity.Provider.ToString().ToLowerInvariant()}.");

    public static ErrorRecord CommonIsForAll(IReadOnlyList<string> names) => Create(
        new ArgumentException("commonAnnotations and commonLabels reach everything of the chart: they cannot be kept to some components."),
        "CommonIsForAll", ErrorCategory.InvalidArgument, names, "Leave out -Common or -Component.");

    static ErrorRecord FileNotRead(Exception exception, string path, string fix) => Create(
        exception, exception is FileNotFoundException or DirectoryNotFoundException ? "FileNotFound" : "FileNotRead",
        exception is FileNotFoundException or DirectoryNotFoundException ? ErrorCategory.ObjectNotFound
        : exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.ReadError, path, fix);

    // PowerShell shows the recommended action below the message. Names in them are a server's or a file's, and must not steer the terminal.
    static ErrorRecord Create(Exception exception, string id, ErrorCategory category, object? target, string fix)
    {
        var told = WithoutParameter(exception);
        return new(told, id, category, target) { ErrorDetails = new(VisibleText.Of(told.Message)) { RecommendedAction = VisibleText.Of(fix) } };
    }

    // .NET adds "(Parameter 'x')" to a message: the name of a method's parameter, which the admin never wrote.
    static Exception WithoutParameter(Exception exception) =>
        exception is ArgumentException { ParamName: { } parameter } && exception.Message.Split($" (Parameter '{parameter}')") is [var message, ..]
            ? new ArgumentException(message, exception)
            : exception;

    static ErrorCategory CategoryOf(CertificateProblemKind kind) => kind switch
    {
        CertificateProblemKind.FileNotFound => ErrorCategory.ObjectNotFound,
        CertificateProblemKind.FileUnreadable => ErrorCategory.ReadError,
        CertificateProblemKind.PasswordMissing or CertificateProblemKind.PasswordWrong => ErrorCategory.AuthenticationError,
        CertificateProblemKind.KeyNotExportable => ErrorCategory.PermissionDenied,
        _ => ErrorCategory.InvalidData,
    };

    static ErrorCategory CategoryOf(ConnectionFailureKind kind) => kind switch
    {
        ConnectionFailureKind.TokenUnavailable or ConnectionFailureKind.PasswordMissing or ConnectionFailureKind.AuthenticationFailed or ConnectionFailureKind.RoleNotAllowed
            or ConnectionFailureKind.ClientCertificateMissing or ConnectionFailureKind.ClientCertificateNotRequested or ConnectionFailureKind.LoginMethodNotSupported =>
            ErrorCategory.AuthenticationError,
        ConnectionFailureKind.ParameterNotSupported => ErrorCategory.InvalidArgument,
        ConnectionFailureKind.OutOfResources or ConnectionFailureKind.AnswerTooLarge => ErrorCategory.LimitsExceeded,
        ConnectionFailureKind.AccessRuleMissing or ConnectionFailureKind.ConnectDenied or ConnectionFailureKind.CatalogDenied => ErrorCategory.PermissionDenied,
        ConnectionFailureKind.HostNotFound or ConnectionFailureKind.DatabaseNotFound => ErrorCategory.ObjectNotFound,
        ConnectionFailureKind.TimedOut or ConnectionFailureKind.StatementTimedOut => ErrorCategory.OperationTimeout,
        ConnectionFailureKind.TooManyConnections or ConnectionFailureKind.NotAcceptingConnections or ConnectionFailureKind.HostNotWanted => ErrorCategory.ResourceUnavailable,
        ConnectionFailureKind.NotPostgreSql or ConnectionFailureKind.UnsupportedServer or ConnectionFailureKind.PoolerRefusedParameter =>
            ErrorCategory.ProtocolError,
        ConnectionFailureKind.TlsNotOffered or ConnectionFailureKind.TlsHandshakeFailed or ConnectionFailureKind.TlsNotCommon or ConnectionFailureKind.CertificateNotTrusted
            or ConnectionFailureKind.CertificateNameMismatch or ConnectionFailureKind.TokenWithoutTls or ConnectionFailureKind.RootCertificateUnreadable => ErrorCategory.SecurityError,
        _ => ErrorCategory.ConnectionError,
    };

    static ErrorCategory CategoryOf(OwnershipProblemKind kind) => kind switch
    {
        OwnershipProblemKind.RoleMissing => ErrorCategory.ObjectNotFound,
        OwnershipProblemKind.SameRole or OwnershipProblemKind.SystemRole => ErrorCategory.InvalidArgument,
        OwnershipProblemKind.TooManyLocks => ErrorCategory.LimitsExceeded,
        _ => ErrorCategory.PermissionDenied,
    };

    static ErrorCategory CategoryOf(ServerErrorKind kind) => kind switch
    {
        ServerErrorKind.PermissionDenied or ServerErrorKind.NotAllowListed => ErrorCategory.PermissionDenied,
        ServerErrorKind.FilesMissing => ErrorCategory.NotInstalled,
        ServerErrorKind.SchemaMissing or ServerErrorKind.ObjectMissing => ErrorCategory.ObjectNotFound,
        ServerErrorKind.Locked or ServerErrorKind.Conflict => ErrorCategory.ResourceBusy,
        ServerErrorKind.TimedOut => ErrorCategory.OperationTimeout,
        ServerErrorKind.ReadOnly or ServerErrorKind.DiskFull => ErrorCategory.ResourceUnavailable,
        ServerErrorKind.ConnectionLost => ErrorCategory.ConnectionError,
        _ => ErrorCategory.InvalidOperation,
    };
}
