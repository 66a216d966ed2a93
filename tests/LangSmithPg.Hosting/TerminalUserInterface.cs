using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace LangSmithPg.Hosting;

/// <summary>Writes to the terminal and asks nothing: the quickstart runs unattended.</summary>
sealed class TerminalUserInterface(Terminal terminal) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new TerminalRawUserInterface(terminal.Width);

    public override bool SupportsVirtualTerminal => !terminal.IsPlain;

    public override void Write(string value) => terminal.Writer.Write(Render(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => terminal.Writer.Write(Render(value));

    public override void WriteLine(string value) => terminal.Writer.WriteLine(Render(value));

    public override void WriteErrorLine(string value) => terminal.Writer.WriteLine(Render(value));

    public override void WriteDebugLine(string message) => terminal.Writer.WriteLine($"DEBUG: {message}");

    public override void WriteVerboseLine(string message) => terminal.Writer.WriteLine($"VERBOSE: {message}");

    public override void WriteWarningLine(string message) => terminal.Writer.WriteLine($"WARNING: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw new NotSupportedException();

    public override string ReadLine() => throw new NotSupportedException();

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

    string Render(string value) =>
        terminal.IsPlain ? new StringDecorated(value).ToString(OutputRendering.PlainText) : value;
}
