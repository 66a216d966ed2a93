using System.Globalization;
using System.Management.Automation.Host;

namespace LangSmithPg.Hosting;

/// <summary>Gives PowerShell a terminal.</summary>
public sealed class TerminalHost(Terminal terminal) : PSHost
{
    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override string Name => "LangSmithPg.Hosting";

    /// <inheritdoc/>
    public override PSHostUserInterface UI { get; } = new TerminalUserInterface(terminal);

    /// <inheritdoc/>
    public override Version Version => typeof(TerminalHost).Assembly.GetName().Version!;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => Environment.ExitCode = exitCode;
}
