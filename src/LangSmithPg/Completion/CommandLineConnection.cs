using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Net;
using System.Security;
using LangSmithPg.Binding;
using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Completion;

/// <summary>The connection that an unfinished line speaks of: by parameter, from a variable before the pipe, or in parts.</summary>
/// <param name="command">The command that is being written.</param>
/// <param name="bound">What its parameters have so far, as far as PowerShell can tell without running anything.</param>
/// <param name="unfinished">The parameter whose argument is being written.</param>
/// <param name="patience">The maximum time to wait for the server.</param>
sealed class CommandLineConnection(CommandAst command, IDictionary bound, string unfinished, TimeSpan patience)
{
    /// <summary>Reads it; null when there is none, or nothing to log in with: no cloud and no user is asked.</summary>
    public PgConnectionString? Read() =>
        (Whole() ?? Parts()) is { } connection && (connection.HasPassword || bound["AccessToken"] is not null || bound["ClientCertificate"] is not null)
            ? connection
            : null;

    /// <summary>How to look at its server: as the command would, including the CA certificates to trust.</summary>
    public Postgres.Servers.SessionOptions Options() => new()
    {
        Timeout = patience,
        AccessToken = Secret(new AccessTokenAttribute().Transform(engineIntrinsics: null!, bound["AccessToken"]!)),
        Authorities = bound["CaCertificate"] is { } authorities ? CaBundleInput.Reader(To<CaBundleInput[]>(authorities), Resolve)() : null,
        ClientCertificate = bound["ClientCertificate"] is { } client
            ? To<ClientCertificateInput>(client).Reader(
                bound["ClientKeyPath"]?.ToString(), Secret(new SecureTextAttribute().Transform(engineIntrinsics: null!, bound["ClientCertificatePassword"]!)), Resolve)()
            : null,
    };

    PgConnectionString? Whole() =>
        (bound["Connection"] ?? bound["ConnectionString"] ?? BeforePipe()) is { } given && To<ConnectionInput>(given) is { Refusal: null, Result.Connection: { } connection } ? connection : null;

    PgConnectionString? Parts()
    {
        var credential = bound["Credential"] is { } given ? To<PSCredential>(given) : null;
        return bound["HostName"] is null ? null : PgConnectionString.FromParts(new()
        {
            HostName = bound["HostName"]!.ToString()!,
            Port = bound["Port"] is { } port ? To<int>(port) : PgHost.DefaultPort,
            // A name that is not complete cannot be used; the servers of all clouds have this database.
            Database = unfinished != "Database" && bound["Database"]?.ToString() is { Length: > 0 } database ? database : "postgres",
            UserName = credential?.UserName ?? bound["UserName"]?.ToString() ?? "",
            Password = Secret(credential?.Password ?? new SecureTextAttribute().Transform(engineIntrinsics: null!, bound["Password"]!)),
            SslMode = bound["UseSystemRootCertificate"] is not null ? SslMode.VerifyFull
                : bound["SslMode"]?.ToString() is { } mode ? To<SslMode>(mode.Replace("-", "", StringComparison.Ordinal)) : SslMode.Require,
            UseSystemRootCertificate = bound["UseSystemRootCertificate"] is not null,
        }).Connection;
    }

    // Any other expression would have to be run to know its value.
    object? BeforePipe() =>
        command.Parent is PipelineAst { PipelineElements: [CommandExpressionAst { Expression: var first }, var second, ..] } && second == command
            ? first switch
            {
                VariableExpressionAst variable => Engine().SessionState.PSVariable.GetValue(variable.VariablePath.UserPath),
                StringConstantExpressionAst text => text.Value,
                _ => null,
            }
            : null;

    static string Resolve(string path) => Engine().SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    static EngineIntrinsics Engine()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return (EngineIntrinsics)shell.AddScript("$ExecutionContext").Invoke()[0].BaseObject;
    }

    static T To<T>(object value) => LanguagePrimitives.ConvertTo<T>(value);

    static Secret? Secret(object? text) => text is SecureString secure ? Common.Secret.From(new NetworkCredential("", secure).Password) : null;
}
