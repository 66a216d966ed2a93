using System.Globalization;
using System.Management.Automation.Host;

namespace LangSmithPg.Quickstart.Hosting;

/// <summary>Gives PowerShell this process's terminal.</summary>
sealed class TerminalHost : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "LangSmithPg.Quickstart";

    public override PSHostUserInterface UI { get; } = new TerminalUserInterface();

    public override Version Version => typeof(TerminalHost).Assembly.GetName().Version!;

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => Environment.ExitCode = exitCode;
}
