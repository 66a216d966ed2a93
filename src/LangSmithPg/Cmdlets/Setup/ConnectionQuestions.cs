using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Errors;

namespace LangSmithPg.Cmdlets.Setup;

/// <summary>Asks for a connection at the prompt. Where nobody can answer, that is an error.</summary>
/// <param name="cmdlet">The cmdlet.</param>
sealed class ConnectionQuestions(LangSmithCmdlet cmdlet)
{
    const string Caption = "LangSmith's PostgreSQL";

    static readonly (string Label, string Help, IamAuthProvider? Provider)[] Logins =
    [
        ("&Password", "A user name and a password.", null),
        ("&Azure", "A managed identity of Azure, through Microsoft Entra ID.", IamAuthProvider.Azure),
        ("A&WS", "An IAM role of AWS.", IamAuthProvider.Aws),
        ("&Google Cloud", "A service account of Google Cloud.", IamAuthProvider.Gcp),
    ];

    /// <summary>Asks; null where nobody answers.</summary>
    public ConnectionResult? Ask()
    {
        if (!Confirmation.TryAsk(Questions, out var answer))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.ConnectionNotAsked());
        }

        return answer;
    }

    ConnectionResult? Questions()
    {
        var text = Text("Server (host name)");
        return text.Length == 0 ? null : IsHost(text) ? Parts(text).Complete() : PgConnectionString.Parse(text);
    }

    static bool IsHost(string text) => text.IndexOfAny(['@', '/', '=']) < 0;

    PartialConnection Parts(string host)
    {
        var database = Text("Database (press Enter for langsmith)");
        PartialConnection parts = new() { HostName = host, Database = database.Length == 0 ? "langsmith" : database };
        var login = cmdlet.Host.UI.PromptForChoice(
            Caption, "How do LangSmith's pods log in?", [.. Logins.Select(one => new ChoiceDescription(one.Label, one.Help))], defaultChoice: 0);
        if (Logins[login].Provider is { } provider)
        {
            return parts with { IamAuthProvider = provider, UserName = Text("Role in the database (the name of the identity)") };
        }

        var credential = cmdlet.Host.UI.PromptForCredential(Caption, "The role that LangSmith logs in as, and its password.", "", "");
        return parts with { UserName = credential?.UserName, Password = credential is null ? null : Secret.From(credential.GetNetworkCredential().Password) };
    }

    // Not echoed back: what is pasted may hold a password. The answer itself is visible while it is typed.
    string Text(string question)
    {
        Collection<FieldDescription> fields = [new(question)];
        return cmdlet.Host.UI.Prompt(Caption, "", fields) is { } answers && answers.TryGetValue(question, out var answer) && answer is not null
            ? PSObject.AsPSObject(answer).BaseObject.ToString()!.Trim()
            : "";
    }
}
