using System.Management.Automation;
using System.Net;
using System.Reflection;
using LangSmithPg.Hosting;
using LangSmithPg.Quickstart;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sandbox.Tls;

const string Database = "langsmith";
const string User = "langsmith_app";

// Every character that one driver or another trips over when it stands raw in a URL.
const string NastyPassword = "p@ss:w/o?r#d% [100]&+€";

Console.WriteLine("Starting a PostgreSQL for you: a database that is not ready yet, and a user who is not a superuser.");
using var authority = CertificateAuthority.CreateRoot();
await using var server = await PostgresServer.StartAsync(new()
{
    Tls = authority.IssueServer(["localhost", "127.0.0.1"]).ToServerTls(),
    InitStatements =
    [
        $"CREATE ROLE {User} LOGIN PASSWORD '{NastyPassword}'",
        $"CREATE DATABASE {Database}",
    ],
});
Console.WriteLine($"PostgreSQL {server.Version} listens at {server.Host}:{server.Port}.");

var output = Path.GetFullPath("quickstart-output");
Directory.CreateDirectory(output);
var moduleFolder = typeof(PromptSession).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "ModuleFolder").Value!;
using var session = new PromptSession(moduleFolder, Terminal.OfThisProcess());
session.SetVariable("HostName", "localhost");
session.SetVariable("Port", server.Port);
session.SetVariable("Database", Database);
session.SetVariable("Credential", new PSCredential(User, new NetworkCredential("", NastyPassword).SecurePassword));
session.SetVariable("OutputFolder", output);
session.SetVariable("Administrator", new Administrator(server, Database));
session.SetVariable("RunSqlAsAdmin", ScriptBlock.Create("param($Sql) $Administrator.Run($Sql)"));

var succeeded = session.Type(Path.Combine(AppContext.BaseDirectory, "quickstart.ps1"));
Console.WriteLine(succeeded ? $"\nWritten to {output}. The server is removed again." : "\nThe quickstart did not get through: see the error above.");
return succeeded ? 0 : 1;
