using System.ComponentModel;
using System.Management.Automation;
using LangSmithPg.Errors;
using LangSmithPg.Files;

namespace LangSmithPg.Cmdlets.Preflight;

/// <summary>A cmdlet that reads the log of a job's pods.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LogCmdlet : LangSmithCmdlet
{
    private protected const string LogSet = "Log";
    const string PathSet = "Path";

    readonly List<string> _lines = [];

    /// <summary>Lines of the log, as kubectl logs gives them.</summary>
    [Parameter(ParameterSetName = LogSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? InputObject { get; set; }

    /// <summary>A file that the log was written to.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [Alias("FilePath", "LiteralPath")]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (var text in InputObject ?? [])
        {
            _lines.AddRange((text ?? "").Split('\n'));
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        if (Path is null || ReadFile(GetUnresolvedProviderPathFromPSPath(Path)))
        {
            Receive(_lines);
        }
    }

    private protected abstract void Receive(IReadOnlyList<string> lines);

    bool ReadFile(string path)
    {
        try
        {
            _lines.AddRange(Wait(() => SharedFile.ReadAllText(path).Split('\n')));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.LogNotRead(exception, path));
            return false;
        }
    }
}
