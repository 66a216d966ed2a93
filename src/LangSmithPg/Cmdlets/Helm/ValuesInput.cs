using System.Management.Automation;
using System.Text;
using LangSmithPg.Connections.Reading;
using LangSmithPg.Errors;
using LangSmithPg.Files;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Cmdlets.Helm;

/// <summary>The values of one release as a cmdlet gets them: files, patterns of files, and from the pipeline the text itself, line by line.</summary>
/// <param name="cmdlet">The cmdlet.</param>
sealed class ValuesInput(LangSmithCmdlet cmdlet)
{
    // What findings name in the place of a file.
    const string InputName = "(pipeline input)";
    const string HelmTitle = "USER-SUPPLIED VALUES:";

    StringBuilder? _text;

    /// <summary>The files, in the order of Helm's <c>-f</c>.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>Whether the values came as text.</summary>
    public bool IsText => _text is not null;

    /// <summary>Adds what came by parameter or pipeline.</summary>
    public void Add(string[]? path)
    {
        // The lines of a text come one by one.
        if (cmdlet.MyInvocation.ExpectingInput && path is [var line] && (_text is not null || (TextKinds.IsYaml(line) && !File.Exists(PathOf(line)))))
        {
            _text = (_text ?? new()).Append(line).Append('\n');
            return;
        }

        Paths.AddRange(cmdlet.RequirePaths(path).SelectMany(cmdlet.ResolveFiles));
    }

    /// <summary>Reads them; null, and an error, where one of them cannot be read.</summary>
    public IReadOnlyList<ValuesFile>? Read()
    {
        if (cmdlet.ReadFiles(Paths) is not { } files)
        {
            return null;
        }

        try
        {
            if (_text is not null)
            {
                // The first line of "helm get values" without -o is a title.
                var text = _text.ToString();
                files.Add(Yaml.Linting.ValuesFileReader.Read(InputName, text.StartsWith(HelmTitle, StringComparison.Ordinal) ? text[HelmTitle.Length..] : text));
            }

            return files;
        }
        catch (FileEditException exception)
        {
            cmdlet.WriteError(exception.ToErrorRecord(InputName));
            return null;
        }
    }

    // Null where it cannot be a path, such as that of a drive which is not there.
    string? PathOf(string text)
    {
        try
        {
            return cmdlet.GetUnresolvedProviderPathFromPSPath(text);
        }
        catch (Exception exception) when (exception is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or NotSupportedException)
        {
            return null;
        }
    }
}
