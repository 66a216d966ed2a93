using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using LangSmithPg.Hosting;
using Microsoft.PowerShell;

namespace LangSmithPg.Quickstart;

/// <summary>Runs a script as if somebody typed it: each comment, command and output in turn.</summary>
sealed class PromptSession : IDisposable
{
    readonly Terminal _terminal;
    readonly Runspace _runspace;

    public PromptSession(string moduleFolder, Terminal terminal)
    {
        _terminal = terminal;
        // Found by name, as a module that was installed from a gallery.
        Environment.SetEnvironmentVariable("PSModulePath", moduleFolder);
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        _runspace = RunspaceFactory.CreateRunspace(new TerminalHost(terminal), state);
        _runspace.Open();
    }

    public void SetVariable(string name, object value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs the statements of a script; its parameters are variables by now.</summary>
    /// <returns>Whether no statement failed.</returns>
    public bool Type(string path)
    {
        var script = Parser.ParseFile(path, out var tokens, out var errors);
        if (errors.Length > 0)
        {
            throw new InvalidOperationException(errors[0].Message);
        }

        var typed = script.ParamBlock.Extent.EndOffset;
        foreach (var statement in script.EndBlock.Statements)
        {
            foreach (var comment in tokens.Where(token =>
                token.Kind == TokenKind.Comment && token.Extent.StartOffset >= typed && token.Extent.EndOffset <= statement.Extent.StartOffset))
            {
                _terminal.Writer.WriteLine($"\n{_terminal.Paint(comment.Text, 32)}");
            }

            _terminal.Writer.WriteLine($"{_terminal.Paint("PS>", 90)} {statement.Extent.Text}");
            typed = statement.Extent.EndOffset;
            if (!Run(statement.Extent.Text))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _runspace.Dispose();

    bool Run(string text)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(text, useLocalScope: false).AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Invoke();
        return !shell.HadErrors;
    }
}
