using System.Management.Automation;
using System.Text.Json;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Comparisons;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Documents;
using LangSmithPg.EnvFiles;
using LangSmithPg.Extensions;
using LangSmithPg.Files;
using LangSmithPg.Findings;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Editing;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Iam;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Initialization;
using LangSmithPg.Kubernetes;
using LangSmithPg.Moves;
using LangSmithPg.Ownership;
using LangSmithPg.Preflight;
using LangSmithPg.Reports;
using LangSmithPg.Servers;
using LangSmithPg.SupportQueries;
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
            new InvalidOperationException($"{target}: no extension was installed. {string.Join('\n', failed.GroupBy(ReasonOf).Select(Reason))}"),
            kind.ToString(), CategoryOf(kind), target, string.Join('\n', failed.Select(one => one.Fix?.Text).OfType<string>().Distinct()));
    }

    // The same reason is told once, with what the server said of the first.
    static string ReasonOf(ExtensionInstallation one) => one.Message.Replace(one.Name, "", StringComparison.Ordinal);

    static string Reason(IGrouping<string, ExtensionInstallation> group) =>
        $"{string.Join(", ", group.Select(one => one.Name))}{group.First().Message[group.First().Name.Length..]}";

    public static ErrorRecord ToErrorRecord(this OwnershipProblem problem, OwnershipPlan plan) => Create(
        new InvalidOperationException($"{plan.Target}: {problem.Message}"), problem.Kind.ToString(), CategoryOf(problem.Kind), plan.Target, problem.Fix.Text);

    public static ErrorRecord NotTransferred(OwnershipTransfer transfer, ServerError error) => Create(
        new InvalidOperationException(
            $"{transfer.Target}: {transfer.Outcome} {(transfer.FailedStatement is { } statement ? $"{statement}: " : "")}{error}"),
        error.Kind.ToString(), CategoryOf(error.Kind), transfer.Target, transfer.Fix!.Text);

    public static ErrorRecord NotCompared(ComparisonException exception) =>
        Create(exception, exception.Error.Kind.ToString(), CategoryOf(exception.Error.Kind), exception.Target, exception.Error.Fix().Text);

    public static ErrorRecord NotAResumeFile(FormatException exception, string path) => Create(
        new FormatException($"{path}: {exception.Message}", exception), "NotAResumeFile", ErrorCategory.InvalidData, path,
        "Specify a file that does not exist yet, or one of an earlier run, for -ResumePath.");

    public static ErrorRecord SeveralReferences(int count) => Create(
        new ArgumentException($"-Reference contains {count} connections. Databases are compared with one reference."), "SeveralReferences", ErrorCategory.InvalidArgument, count,
        "Specify one connection for -Reference, and the databases to compare with it for -Difference.");

    public static ErrorRecord NoTableFound(string patterns, string target) => Create(
        new InvalidOperationException($"{target}: no table that both databases have matches {VisibleText.Line(patterns)}."), "NoTableFound", ErrorCategory.ObjectNotFound, target,
        "Check the names of -Table. Without -Table, all tables are compared.");

    public static ErrorRecord ToErrorRecord(this SupportQueryException exception, string? path) => Create(
        new InvalidOperationException($"{(path is null ? "" : exception.Line > 0 ? $"{path}, line {exception.Line}: " : $"{path}: ")}{exception.Message}", exception), exception.Kind.ToString(),
        exception.Kind switch
        {
            SupportQueryProblemKind.WriteNotAllowed or SupportQueryProblemKind.StatementNotAllowed => ErrorCategory.PermissionDenied,
            SupportQueryProblemKind.ScriptVariableMissing or SupportQueryProblemKind.ScriptVariableNotUsable => ErrorCategory.InvalidArgument,
            SupportQueryProblemKind.ScriptCommandNotSupported => ErrorCategory.NotImplemented,
            _ => ErrorCategory.InvalidData,
        },
        path, exception.Fix);

    public static ErrorRecord ScriptNotRead(Exception exception, string path) => FileNotRead(
        exception, path, Directory.Exists(path) ? $"Specify its files, such as {Path.Join(path, "*.sql")}." : "Check the path, and that you have permission to read the file.");

    public static ErrorRecord QueryFailed(string target, string path, int line, ServerError error) => Create(
        new InvalidOperationException($"{target}: {path}{(line > 0 ? $", line {line}" : "")}: {error}{(error.Message.EndsWith('.') && error.Hint is null ? "" : ".")} Nothing was changed."), error.Kind.ToString(), CategoryOf(error.Kind), target,
        error switch
        {
            { Kind: ServerErrorKind.TimedOut } => "Check the server for locks and load, or increase -StatementTimeoutSeconds.",
            { Kind: ServerErrorKind.Locked } => $"{error.Fix().Text} To wait longer, increase -LockTimeoutSeconds.",
            { Kind: ServerErrorKind.PermissionDenied } => "Connect as the role that LangSmith uses, or grant the privilege.",
            { SqlState: ['4', '2', ..] } => "Check that the file is of the chart version that is installed, that this is the database of LangSmith, and that its schema is in the search path (-Schema).",
            _ => error.Fix().Text,
        });

    public static ErrorRecord NotConfirmed(string target) => Create(
        new InvalidOperationException($"{target}: confirmation is required, and the session is not interactive."), "NotConfirmed", ErrorCategory.OperationStopped, target,
        "To see what would be done, use -WhatIf. To run without a confirmation prompt, use -Confirm:$false.");

    public static ErrorRecord ToErrorRecord(this CertificateProblem problem) =>
        Create(new CertificateException(problem), problem.Kind.ToString(), CategoryOf(problem.Kind), problem.Source, problem.Fix);

    public static ErrorRecord AnchorMissing(ServerCertificate server) => Create(
        new InvalidOperationException($"{server.HostName} does not send the certificate of its root CA, so the certificate cannot be taken from the server."),
        "AnchorMissing", ErrorCategory.ObjectNotFound, server, $"Get the certificate of {VisibleText.Line(server.Chain.Certificates[^1].Issuer)} from the server's administrator, and specify its file with -Path.");

    public static ErrorRecord AnchorNotConfirmed(ServerCertificate server) => Create(
        new InvalidOperationException($"{server.HostName}: the certificate authority (CA) {VisibleText.Line(server.Chain.Anchor!.Subject)} was not confirmed."),
        "AnchorNotConfirmed", ErrorCategory.SecurityError, server,
        "Ask the server's administrator for the SHA-256 fingerprint of the CA certificate, and specify it with -Fingerprint.");

    public static ErrorRecord FingerprintMismatch(ServerCertificate server) => Create(
        new InvalidOperationException($"{server.HostName} presents the certificate authority (CA) {VisibleText.Line(server.Chain.Anchor!.Subject)}, whose fingerprint is {server.AnchorFingerprint}, not the specified one."),
        "FingerprintMismatch", ErrorCategory.SecurityError, server,
        "Check the fingerprint. If it is correct, another server is answering in place of the expected one.");

    public static ErrorRecord NotVerified(string target, TlsVerdict verdict) => Create(
        new InvalidOperationException($"{target}: the bundle does not verify the server's certificate. {verdict.Reason}"),
        "CertificateNotVerified", ErrorCategory.SecurityError, target, "Run Get-LangSmithPgCertificate to see what the server presents, and specify the certificate of its CA.");

    public static ErrorRecord VerificationMissing(string target) => Create(
        new InvalidOperationException($"{target}: with custom certificates, LangSmith requires sslmode=verify-full and sslrootcert=system in the connection, but the connection in the Secret does not include them."),
        "VerificationMissing", ErrorCategory.InvalidArgument, target,
        "Create the connection with New-LangSmithPgConnectionString -SslMode VerifyFull -UseSystemRootCertificate, and create the Secret and the values from it.");

    public static ErrorRecord InvalidName(InvalidNameException exception) =>
        Create(exception, "InvalidName", ErrorCategory.InvalidArgument, exception.Name, "Choose another name.");

    // Neither the row nor the value is shown: there may be a password in them.
    public static ErrorRecord InvalidValue(string parameter, string expected, int? row, string? meant = null, bool isMandatory = false) => Create(
        new ArgumentException($"{(row is null ? "The" : $"Row {row}: the")} value of {parameter} is not {expected}."), "InvalidValue", ErrorCategory.InvalidArgument,
        target: null, $"{(meant is null ? "" : $"Did you mean {meant}? ")}Specify {expected}{(isMandatory ? "" : ", or omit it")}.");

    public static ErrorRecord ConnectionIsNull() => Create(
        new ArgumentException("The connection is null."), "ConnectionIsNull", ErrorCategory.InvalidArgument, target: null,
        "Check the name of the variable, and set it first: $connection = New-LangSmithPgConnectionString -HostName <host> -Database <database> -Credential (Get-Credential)");

    // Which columns there are is not shown: without a header, they are values.
    public static ErrorRecord PartsMissing(string origin, IReadOnlyList<string?> parts) => Create(
        new ArgumentException($"{origin}: {string.Join(" and ", parts)} are missing or empty."), "PartsMissing", ErrorCategory.InvalidArgument, target: null,
        "Name the columns of the table HostName, Port, Database, UserName and Password, or specify the missing parts with the parameters of these names.");

    public static ErrorRecord TextOfTable() => Create(
        new ArgumentException("The text is the first line of a CSV file, not a connection."), "TextOfTable", ErrorCategory.InvalidArgument, target: null,
        "Use Import-Csv instead of Get-Content: its rows are connections.");

    public static ErrorRecord NotAPath(string parameter) => Create(
        new ArgumentException($"The value of {parameter} is not a path."), "NotAPath", ErrorCategory.InvalidArgument, target: null,
        "Specify the path as a string, or a file from Get-Item or Get-ChildItem.");

    public static ErrorRecord NotACertificate() => Create(
        new ArgumentException("The value of Certificate is not a certificate."), "NotACertificate", ErrorCategory.InvalidArgument, target: null,
        "Specify a certificate, such as one from Get-ChildItem Cert:\\CurrentUser\\My. For a file, specify its path.");

    public static ErrorRecord DeserializedConnection() => Create(
        new InvalidOperationException("The connection was deserialized (from a job, another session or a file) and no longer contains its password."),
        "DeserializedConnection", ErrorCategory.InvalidArgument, target: null,
        "Create it with New-LangSmithPgConnectionString from a credential, in the session that uses it.");

    public static ErrorRecord NotAConnection(string typeName) => Create(
        new ArgumentException(typeName is "System.Management.Automation.PSCustomObject" or "System.Collections.Hashtable"
            ? "The object has none of the properties of a connection."
            : $"An object of type {typeName} is not a connection."),
        "NotAConnection", ErrorCategory.InvalidArgument, typeName,
        "Specify a connection string, the output of New-LangSmithPgConnectionString or ConvertFrom-LangSmithPgConnectionString, or an object with the properties HostName, Database and UserName.");

    public static ErrorRecord SeveralConnections(IEnumerable<string> targets) => Create(
        new InvalidOperationException($"There are several connections: {string.Join(", ", targets)}. A setup is for one database."), "SeveralConnections",
        ErrorCategory.InvalidArgument, target: null, "Run the command once for each of them, each with an -OutputPath of its own.");

    public static ErrorRecord ToErrorRecord(this MoveException exception, string? target) =>
        Create(exception.Kind, target is null ? exception.Message : $"{target}: {exception.Message}", target, exception.Fix);

    public static ErrorRecord MoveNotReady(string target, IReadOnlyList<Finding> blockers) => Create(
        MoveProblemKind.MoveNotReady,
        blockers.Count == 0 ? $"{target}: the catalogs of a side cannot be read." : $"{target}: the database is not copied. {string.Join(' ', blockers.Where(one => one.CausedBy is null).DefaultIfEmpty(blockers[0]).Select(one => $"{one.Id}: {one.Message}"))}",
        target,
        string.Join('\n', blockers.Select(one => one.Fix?.Text).OfType<string>().Distinct().Append("Test-LangSmithPgMove shows every finding.")));

    static ErrorRecord Create(MoveProblemKind kind, string message, string? target, string fix) => Create(
        new InvalidOperationException(message), kind.ToString(),
        kind switch
        {
            MoveProblemKind.ToolsNotFound or MoveProblemKind.ToolsNotSuitable => ErrorCategory.NotInstalled,
            MoveProblemKind.NoMoveResult => ErrorCategory.ObjectNotFound,
            MoveProblemKind.ConnectionNotPassed or MoveProblemKind.WorkFolderNotUsable or MoveProblemKind.TargetSecretMissing or MoveProblemKind.TargetUsesIdentity
                or MoveProblemKind.SeveralTargets => ErrorCategory.InvalidArgument,
            _ => ErrorCategory.InvalidOperation,
        },
        target, fix);

    public static ErrorRecord SeveralSources(IEnumerable<string> targets) => Create(
        new InvalidOperationException($"-From specifies several databases: {string.Join(", ", targets)}. One database is moved at a time."), "SeveralSources",
        ErrorCategory.InvalidArgument, target: null, "Specify one of them.");

    public static ErrorRecord ConnectionNotAsked() => Create(
        new InvalidOperationException("No connection is specified, and nobody can be asked for it in this session."), "ConnectionNotAsked",
        ErrorCategory.InvalidArgument, target: null, "Specify -Connection, or -HostName, -Database and -Credential.");

    public static ErrorRecord TextNotFixed() => Create(
        new InvalidOperationException("Text from the pipeline cannot be fixed in place."), "TextNotFixed", ErrorCategory.InvalidOperation, target: null,
        "Save it as a file, and specify the file: helm get values <release> -o yaml > values.yaml");

    public static ErrorRecord DocumentNotRead(FormatException exception, string? file) => Create(
        new FormatException($"{file ?? "The text"}: {exception.Message}", exception), "DocumentNotRead", ErrorCategory.InvalidData, file,
        "Specify a Helm values file, a Secret, a .env file, an appsettings.json, or the output of kubectl, helm or terraform as JSON or YAML.");

    public static ErrorRecord NoConnectionFound(string? file) => Create(
        new InvalidOperationException($"{file ?? "The text"} contains no connection to PostgreSQL."), "NoConnectionFound", ErrorCategory.ObjectNotFound, file,
        "Specify a Helm values file with postgres.external, a Secret with connection_url, a .env file with POSTGRES_DATABASE_URI, an appsettings.json with ConnectionStrings, or the output of kubectl, helm or terraform.");

    public static ErrorRecord NoSecretFound(string? file) => Create(
        new InvalidOperationException($"{file ?? "The text"} contains no Secret."), "NoSecretFound", ErrorCategory.ObjectNotFound, file,
        "Specify Secrets as manifests, or the output of: kubectl get secret -n <namespace> -o json");

    public static ErrorRecord NotASecret(string typeName) => Create(
        new ArgumentException($"An object of type {typeName} is not a Secret."), "NotASecret", ErrorCategory.InvalidArgument, typeName,
        "Specify the output of New-LangSmithPgSecret, files with manifests of Secrets, or the output of kubectl get secret -o json.");

    public static ErrorRecord SecretRepeated(string name) => Create(
        new ArgumentException($"There is more than one Secret with the name {name}."), "SecretRepeated", ErrorCategory.InvalidArgument, name,
        "Specify the Secrets of one namespace, each once.");

    public static ErrorRecord ConnectionInSecret(string source, string secret, DatabasePurpose purpose = DatabasePurpose.LangSmith) => Create(
        new InvalidOperationException($"{source}: the connection is in the Secret {secret}."), "ConnectionInSecret", ErrorCategory.ObjectNotFound, secret,
        $"Pipe the Secret: kubectl get secret {CommandArgument.ForAnyShell(secret, "<name>")} -n <namespace> -o json | Test-LangSmithPgReadiness{(purpose == DatabasePurpose.LangSmith ? "" : $" -Purpose {purpose}")}");

    // A database of a release that values describe.
    public static ErrorRecord ConnectionNotInValues(ReleaseDatabase database) => database switch
    {
        { Location: not DatabaseLocation.External } => Create(
            new InvalidOperationException($"{database}: the values specify no server of yours for this database; its location is {database.Location}."), "DatabaseNotExternal",
            ErrorCategory.ObjectNotFound, database.Purpose, "Omit it: Get-LangSmithPgDatabase … | Where-Object Location -eq External"),
        { SecretName: { } secret } => ConnectionInSecret($"{database}", secret, database.Purpose),
        _ => Create(
            new InvalidOperationException($"{database}: the values do not contain the whole connection."), "DatabaseNotExternal", ErrorCategory.ObjectNotFound, database.Purpose,
            "Specify the connection itself, and what it is for with -Purpose."),
    };

    public static ErrorRecord ConnectionFilledIn(string source) => Create(
        new InvalidOperationException($"{source}: the value is a placeholder that another tool replaces."), "ConnectionFilledIn", ErrorCategory.ObjectNotFound, target: null,
        "Specify the connection itself, or the output of the tool that replaces the placeholder.");

    public static ErrorRecord CredentialAlone() => Create(
        new ArgumentException("A credential is not a connection: the server and the database are missing."), "NotAConnection", ErrorCategory.InvalidArgument,
        target: null, "Specify it with -Credential, together with -HostName and -Database.");

    public static ErrorRecord HostAlone() => Create(
        new ArgumentException("The text is only the name of a host: the user and the database are missing."), "HostAlone", ErrorCategory.InvalidArgument,
        target: null, "Specify a connection string, such as user:password@host:port/database, or -HostName, -Database and -Credential.");

    public static ErrorRecord WrongDelimiter() => Create(
        new ArgumentException("The table has only one column, whose name contains the delimiter of another kind of CSV file."), "WrongDelimiter",
        ErrorCategory.InvalidArgument, target: null, "Use Import-Csv with -Delimiter ';', or with -UseCulture for the delimiter of this system's language.");

    public static ErrorRecord DamagedText(string parameter, int? row) => Create(
        new ArgumentException($"{(row is null ? "The" : $"Row {row}: the")} value of {parameter} contains a replacement character (U+FFFD): it was read with the wrong encoding."),
        "DamagedText", ErrorCategory.InvalidArgument, target: null, "Read the file with its encoding: Import-Csv -Encoding ansi for a file of Excel on Windows, or save it as UTF-8.");

    public static ErrorRecord Deserialized(Type type, PSObject value) => value.Properties[nameof(IDocument.HoldsSecrets)]?.Value is true
        ? Create(
            new InvalidOperationException($"The {type.Name} was deserialized (from a job, another session or a file) and no longer contains its secrets."),
            "DeserializedSecret", ErrorCategory.InvalidArgument, target: null, "Create it in the session that uses it.")
        : Create(
            new InvalidOperationException($"The {type.Name} was deserialized (from a job, another session or a file) and is incomplete."),
            "DeserializedObject", ErrorCategory.InvalidArgument, target: null, "Create it in the session that uses it. In a job or on another machine, import this module there too.");

    public static ErrorRecord NotTaken(string typeName, Type wanted) => Create(
        new ArgumentException($"An object of type {typeName} cannot be used here. Expected: {(wanted == typeof(HelmValues) ? "values of this module" : "a Secret, values or a job of this module")}."),
        "NotADocument", ErrorCategory.InvalidArgument, typeName,
        wanted == typeof(HelmValues) ? "Pipe the output of New-LangSmithHelmValues." : "Pipe the output of New-LangSmithPgSecret, New-LangSmithCaSecret, New-LangSmithMtlsSecret, New-LangSmithHelmValues or New-LangSmithPgPreflightJob.");

    public static ErrorRecord Unexpected(Exception exception) => Create(
        exception, "Unexpected", ErrorCategory.NotSpecified, target: null, "This is a bug in the module. Please report it with the output of Get-Error.");

    public static ErrorRecord NotWritten(Exception exception, string path, bool replace) => exception is NotAFileException
        ? Create(exception, "FileNotWritten", ErrorCategory.WriteError, path, "Specify the path of a file. For a program or a device, pipe the text: ConvertTo-LangSmithYaml returns the text of manifests and values.")
        : !replace && File.Exists(path)
        ? Create(exception, "FileExists", ErrorCategory.ResourceExists, path, "Replace it with -Force, or choose another path.")
        : Create(exception, "FileNotWritten", ErrorCategory.WriteError, path, "Check that the folder exists and that you can write to it.");

    public static ErrorRecord ToErrorRecord(this FileEditException exception, string path) => Create(
        new InvalidOperationException($"{path}: {exception.Message}", exception), exception.Kind.ToString(),
        exception.Kind == FileProblemKind.FileChanged ? ErrorCategory.ResourceBusy : ErrorCategory.InvalidData, path, exception.Fix);

    public static ErrorRecord NoEnvFile(EnvFileException exception, string path) => Create(
        new InvalidOperationException($"{path}: {exception.Message}", exception), "NoEnvFile", ErrorCategory.InvalidData, path, exception.Fix);

    public static ErrorRecord NotEdited(Exception exception, string path) => Create(
        exception, "FileNotWritten", exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError, path,
        exception is NotAFileException ? "Specify the path of a file." : "Check that the file and its folder exist and that you can write to them.");

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
        "Run the cmdlet as a role that has permission: the owner of the database with CREATEROLE; on Azure, a Microsoft Entra admin. To get the SQL for another administrator, use -AsScript. The cmdlet can safely be run again.");

    public static ErrorRecord ToErrorRecord(this InitializationProblem problem, string target) => Create(
        new InvalidOperationException($"{target}: {problem.Message}"), problem.Kind.ToString(),
        problem.Kind switch
        {
            InitializationProblemKind.NotAdministrator or InitializationProblemKind.RoleNotAdministered or InitializationProblemKind.NotAllowListed => ErrorCategory.PermissionDenied,
            InitializationProblemKind.FilesMissing => ErrorCategory.NotInstalled,
            InitializationProblemKind.DatabaseTaken or InitializationProblemKind.EncodingNotUtf8 => ErrorCategory.ResourceExists,
            InitializationProblemKind.SystemRole or InitializationProblemKind.SystemDatabase => ErrorCategory.InvalidArgument,
            InitializationProblemKind.VersionNotSupported => ErrorCategory.NotImplemented,
            _ => ErrorCategory.InvalidOperation,
        },
        target, problem.Fix.Text);

    public static ErrorRecord NamesDoNotMatch(string message, string fix) =>
        Create(new ArgumentException(VisibleText.Of(message)), "NamesDoNotMatch", ErrorCategory.InvalidArgument, target: null, fix);

    public static ErrorRecord RoleNameMissing(IamAuthProvider provider) => Create(
        new ArgumentException($"-RoleName is missing: {provider} gives the role its name."), "RoleNameMissing", ErrorCategory.InvalidArgument, provider,
        provider == IamAuthProvider.Azure ? "Specify the name of the identity with -RoleName." : "Specify the e-mail address of the identity with -RoleName, without .gserviceaccount.com for a service account.");

    public static ErrorRecord InitializationRefused(InitializationPlan plan, InitializationStep statement, ServerError error, IReadOnlyList<InitializationStep> done) => Create(
        new InvalidOperationException($"{plan.Target}: {Took(plan, error, done)}. {statement} {error}"),
        error.Kind.ToString(), CategoryOf(error.Kind), plan.Target,
        "Run the cmdlet as an administrator of the server. To get the SQL for another administrator, use -AsScript. Run the cmdlet again to continue: what has taken effect is not done twice.");

    static string Took(InitializationPlan plan, ServerError error, IReadOnlyList<InitializationStep> done) =>
        error.LeavesCommitOpen ? "it is not known whether the change took effect"
        : done.Count == 0 ? "nothing was changed"
        : $"{string.Join(" and ", (string[])[.. done.Any(plan.Login.Contains) ? ["the role"] : Array.Empty<string>(), .. plan.CreateDatabase is { } created && done.Contains(created) ? ["the database"] : Array.Empty<string>()])}"
            + $" {(done.Any(plan.Login.Contains) && plan.CreateDatabase is { } both && done.Contains(both) ? "were" : "was")} created, and nothing else was changed";

    // The answer to a COMMIT may be lost where the COMMIT was not.
    static string Took(ServerError error, IReadOnlyList<IamRoleStep> done) => (error.LeavesCommitOpen, done.Count) switch
    {
        (true, _) => "it is not known whether the change took effect",
        (_, 0) => "nothing was changed",
        _ => $"{done.Count} statement{(done.Count == 1 ? "" : "s")} took effect",
    };

    public static ErrorRecord NoClientCertificate() => Create(
        new ArgumentException("A key or a password for a client certificate was specified without the client certificate."), "NoClientCertificate",
        ErrorCategory.InvalidArgument, target: null, "Specify the certificate with -ClientCertificate.");

    public static ErrorRecord NoIamProvider(string target) => Create(
        new InvalidOperationException($"{target}: the connection does not specify the cloud provider of its token."), "NoIamProvider", ErrorCategory.InvalidArgument, target,
        "Specify it with -Provider, or create the connection with -IamAuthProvider.");

    public static ErrorRecord AwsNeedsServer() => Create(
        new ArgumentException("An AWS token is for one server and one role."), "AwsNeedsServer", ErrorCategory.InvalidArgument, target: null,
        "Specify -HostName and -UserName, or a connection.");

    public static ErrorRecord ValuesNotRead(Exception exception, string path) => FileNotRead(
        exception, path, Directory.Exists(path) ? $"Specify its files, such as {Path.Join(path, "*.yaml")}." : "Check the path, and that you have permission to read the values file.");

    public static ErrorRecord LogNotRead(Exception exception, string path) =>
        FileNotRead(exception, path, "Check the path, and that you have permission to read the log.");

    public static ErrorRecord ValuesConflict(string path, ValuesChange conflict) => Create(
        new InvalidOperationException($"{path}, line {conflict.Line}: {conflict.Path} is already set to {conflict.OldValue}; the new value is {conflict.NewValue}."),
        "ValuesConflict", ErrorCategory.ResourceExists, conflict, "To see the change, use -WhatIf -Force. To replace the value, use -Force.");

    public static ErrorRecord ValuesDisagree(ArgumentException exception, HelmValues values) =>
        Create(exception, "ValuesDisagree", ErrorCategory.InvalidArgument, values, "Specify values for the same installation.");

    public static ErrorRecord UnknownReportFormat(string path) => Create(
        new ArgumentException($"The file name extension of '{path}' does not correspond to a report format."),
        "UnknownReportFormat", ErrorCategory.InvalidArgument, path,
        "Use .html, .htm, .md, .json, .xml (JUnit), .csv or .sarif, or specify -Format Html, Markdown, Json, JUnit, Csv, Sarif or GitHubAnnotations.");

    public static ErrorRecord UnsupportedReportFormat(ReportFormat format) => Create(
        new ArgumentException($"A report of values files cannot be written as {format}."),
        "UnsupportedReportFormat", ErrorCategory.InvalidArgument, format,
        "Use .md, .xml (JUnit), .csv or .sarif, or specify -Format Markdown, JUnit, Csv, Sarif or GitHubAnnotations.");

    public static ErrorRecord UnsupportedBudgetFormat(ReportFormat format) => Create(
        new ArgumentException($"A connection budget cannot be written as {format}."), "UnsupportedReportFormat", ErrorCategory.InvalidArgument, format,
        "Use .html, or specify -Format Html, together with the reports of the databases.");

    public static ErrorRecord MixedReports() => Create(
        new ArgumentException("Reports of databases and of values files cannot be written to one file."), "MixedReports", ErrorCategory.InvalidArgument, target: null,
        "Export the output of Test-LangSmithPgReadiness and of Test-LangSmithHelmValues to a file each.");

    public static ErrorRecord NotAReport(string typeName) => Create(
        new ArgumentException($"An object of type {typeName} is not a report, or lost its findings when it was deserialized."),
        "NotAReport", ErrorCategory.InvalidArgument, typeName,
        "Pipe the output of Test-LangSmithPgReadiness, without -Quiet, or of Test-LangSmithHelmValues. In a job or on another machine, import this module there too.");

    public static ErrorRecord NotComparable(string typeName) => Create(
        new ArgumentException($"An object of type {typeName} is neither a readiness report nor the path of one, or lost its findings when it was deserialized."),
        "NotComparable", ErrorCategory.InvalidArgument, typeName,
        "Specify reports of Test-LangSmithPgReadiness, without -Quiet, or files that Export-LangSmithPgReport wrote as JSON. In a job or on another machine, import this module there too.");

    public static ErrorRecord NothingToCompare(string which, string parameter) => Create(
        new ArgumentException($"There are no {which} reports (-{parameter})."), "NothingToCompare",
        ErrorCategory.InvalidArgument, target: null, "Specify at least one report on each side.");

    public static ErrorRecord ReportNotRead(Exception exception, string path) =>
        FileNotRead(exception, path, "Check the path, and that you have permission to read the report.");

    public static ErrorRecord ReportUnreadable(JsonException exception, string path) => Create(
        new InvalidDataException(exception.LineNumber is { } line ? $"{path}, line {line + 1}: this is not valid in a report." : $"{path}: {exception.Message}", exception),
        "ReportUnreadable", ErrorCategory.InvalidData, path, "Specify a file that Export-LangSmithPgReport wrote as JSON (.json).");

    public static ErrorRecord InvalidAcceptedFinding(AcceptedFindingException exception, string path) =>
        Create(exception, "InvalidAcceptedFinding", ErrorCategory.InvalidData, path, exception.Fix);

    public static ErrorRecord AcceptedFindingsNotRead(Exception exception, string path) =>
        FileNotRead(exception, path, "Check the path, and that you have permission to read the file of accepted findings.");

    public static ErrorRecord SeveralModuleSources() => Create(
        new ArgumentException("More than one source of the module was specified."), "SeveralModuleSources", ErrorCategory.InvalidArgument, target: null,
        "Specify one of -ModuleInImage, -ModuleVolumeClaim and -ModuleRepository, or none of them: then the manifest contains the module.");

    public static ErrorRecord TargetPathAndSecret() => Create(
        new ArgumentException("-TargetPath and -TargetSecretName cannot be combined: the values name the Secret."), "TargetPathAndSecret", ErrorCategory.InvalidArgument, target: null,
        "Omit -TargetSecretName.");

    // Its target is not shown either: there may be a password in it.
    public static ErrorRecord InvalidRepository(ArgumentException exception) => Create(
        exception, "InvalidRepository", ErrorCategory.InvalidArgument, target: null,
        "Specify the address of a repository that the pod can reach without a login, such as https://www.powershellgallery.com/api/v2.");

    public static ErrorRecord ModuleNotPacked(Exception exception, string folder) => Create(
        exception, "ModuleNotPacked", ErrorCategory.ReadError, folder,
        "Reinstall the module, or let the pod get it from another source: -ModuleInImage, -ModuleVolumeClaim or -ModuleRepository.");

    public static ErrorRecord NamespaceMissing(string account) => Create(
        new ArgumentException($"The service account {account} can be created for Helm only in the namespace of the release, which was not specified."), "NamespaceMissing",
        ErrorCategory.InvalidArgument, account, "Specify the namespace with -Namespace.");

    public static ErrorRecord ToErrorRecord(this PreflightException exception, object? target = null) => Create(
        exception, exception.Kind.ToString(), exception.Kind switch
        {
            PreflightProblemKind.NoExternalPostgres or PreflightProblemKind.NoPostgresInCluster or PreflightProblemKind.SchemaWithVariable => ErrorCategory.InvalidArgument,
            PreflightProblemKind.NoPreflightResult => ErrorCategory.ObjectNotFound,
            _ => ErrorCategory.InvalidData,
        },
        target, exception.Fix);

    public static ErrorRecord UnknownChart(ArgumentOutOfRangeException exception, ChartVersion version) => Create(
        exception, "UnknownChart", ErrorCategory.InvalidArgument, version, $"Upgrade to chart {ChartCatalogue.Oldest} or later.");

    public static ErrorRecord ChartTooOld(ChartTooOldException exception) => Create(
        exception, "ChartTooOld", ErrorCategory.NotImplemented, exception.Version?.ToString(),
        $"Upgrade to chart {exception.Since} or later, and specify it with -ChartVersion.");

    public static ErrorRecord DatabaseNotSupported(DatabaseNotSupportedException exception, string target) =>
        Create(exception, "DatabaseNotSupported", ErrorCategory.NotImplemented, target, exception.Fix);

    // An unknown version may have it.
    public static ErrorRecord UnknownComponent(string name, LintChart chart, IEnumerable<ChartComponent> known) => Create(
        new ArgumentException(chart switch
        {
            { TakenFor: { } taken } => $"Chart {taken}, which is used for version {chart.Version}, does not have this component: {name}.",
            { Version: { } version } => $"Chart {version} does not have this component: {name}.",
            _ => $"The chart does not have this component: {name}.",
        }), "UnknownComponent", ErrorCategory.ObjectNotFound, name,
        $"{(Nearest.To(name, known.Select(one => one.ToString())) is { } near ? $"Did you mean {near}? " : "")}Choose one of {string.Join(", ", known)}{(chart.TakenFor is null ? "" : ", or specify the chart itself with -Chart")}.");

    public static ErrorRecord ChartAndVersion(string chart) => Create(
        new ArgumentException("-Chart and -ChartVersion cannot be combined: a chart contains its version."), "ChartAndVersion", ErrorCategory.InvalidArgument, chart,
        "Omit -ChartVersion.");

    public static ErrorRecord ChartNotRead(Exception exception, string path) => Create(
        exception is FileNotFoundException or DirectoryNotFoundException ? new FileNotFoundException($"{path} does not exist.", exception) : exception,
        "ChartNotRead", ErrorCategory.ReadError, path,
        "Specify the folder of the chart, its archive from helm pull, or a .yaml file from helm show values.");

    public static ErrorRecord NoComponents(string path) => Create(
        new InvalidDataException($"{path} sets none of the LangSmith chart's components: it is not the file of helm show values."), "NoComponents", ErrorCategory.ObjectNotFound, path,
        "Specify the folder of the chart, its archive from helm pull, or a .yaml file from helm show values. For your own values file, use Test-LangSmithHelmValues.");

    public static ErrorRecord InvalidIdentity(FormatException exception) => Create(
        exception, "InvalidIdentity", ErrorCategory.InvalidArgument, target: null, "Copy it from the cloud's console or command line.");

    public static ErrorRecord OtherIamProvider(string provider, WorkloadIdentity identity) => Create(
        new InvalidOperationException($"The values set {provider} as the IAM provider ({IamValues.Provider}), but the identity is for {identity.Provider}."),
        "OtherIamProvider", ErrorCategory.InvalidArgument, identity.ToString(),
        $"Specify an identity for {provider}, or set {IamValues.Provider} to {identity.Provider.ToString().ToLowerInvariant()}.");

    public static ErrorRecord CommonIsForAll(IReadOnlyList<string> names) => Create(
        new ArgumentException("-Common cannot be combined with -Component: commonAnnotations and commonLabels apply to all components of the chart."),
        "CommonIsForAll", ErrorCategory.InvalidArgument, names, "Omit -Common or -Component.");

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
