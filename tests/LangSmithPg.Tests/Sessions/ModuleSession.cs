using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LangSmithPg.Hosting;
using Microsoft.PowerShell;

namespace LangSmithPg.Tests.Sessions;

/// <summary>A real PowerShell session with the module imported as an admin would import it.</summary>
sealed class ModuleSession : IDisposable
{
    public const int Width = 100;

    readonly StringWriter _screen = new() { NewLine = "\n" };
    readonly Runspace _runspace;

    public ModuleSession(int width = Width)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // Where none is set, Windows runs no scripts, and the module brings some.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        _runspace = RunspaceFactory.CreateRunspace(new TerminalHost(new(_screen, width, IsPlain: true)), state);
        _runspace.Open();
        Run($"Import-Module '{BuildPaths.ModuleManifest}' -ErrorAction Stop").ThrowIfFailed();
    }

    public void Set(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs a script and collects every stream.</summary>
    public SessionResult Run(string script)
    {
        using var shell = Create(script);
        Exception? terminating = null;
        IReadOnlyList<PSObject> output = [];
        try
        {
            output = shell.Invoke();
        }
        catch (RuntimeException exception)
        {
            terminating = exception;
        }

        Assert.Empty(ScriptLists.NotIndexable(output));
        return new(output, shell.Streams, terminating);
    }

    /// <summary>Runs a script and gives what it shows on the screen.</summary>
    public string Show(string script)
    {
        _screen.GetStringBuilder().Clear();
        using var shell = Create(script);
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Invoke();
        return _screen.ToString();
    }

    /// <summary>What the prompt offers at the end of a line.</summary>
    public string[] Complete(string line) => [.. CompleteWithTooltips(line).Select(one => one.CompletionText)];

    public IReadOnlyList<CompletionResult> CompleteWithTooltips(string line)
    {
        Set("line", line);
        return [.. Run("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches")
            .Output.Select(one => (CompletionResult)one.BaseObject)];
    }

    public PowerShell Create(string script) => PowerShell.Create(_runspace).AddScript(script, useLocalScope: false);

    public void Dispose()
    {
        _runspace.Dispose();
        _screen.Dispose();
    }
}
