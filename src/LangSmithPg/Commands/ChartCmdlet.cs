using System.ComponentModel;
using System.Management.Automation;
using LangSmithPg.Charts;
using LangSmithPg.Completion;
using LangSmithPg.Errors;
using LangSmithPg.Files;
using LangSmithPg.Helm.Editing;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Commands;

/// <summary>A cmdlet whose work depends on the version of the chart.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChartCmdlet : LangSmithCmdlet
{
    // The keys are in 0.12.28 already; LangSmith's documentation names 0.12.29.
    private protected static readonly ChartVersion ClientCertificateSince = new("0.12.29");

    /// <summary>The version of the LangSmith chart; the newest that is known by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChartVersionCompleter))]
    public virtual ChartVersion ChartVersion { get; set; } = ChartCatalogue.Newest;

    // Ends the cmdlet when nothing is known of the version.
    private protected ChartRelease GetRelease()
    {
        if (ChartCatalogue.IsNewer(ChartVersion))
        {
            WriteWarning($"Chart {ChartVersion} is newer than what is known of the LangSmith chart; it is taken for {ChartCatalogue.Newest}. "
                + "Get-LangSmithPgComponent -Chart reads the chart itself.");
        }

        try
        {
            return ChartCatalogue.For(ChartVersion);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            ThrowTerminatingError(ErrorRecords.UnknownChart(exception, ChartVersion));
            throw;
        }
    }

    private protected ChartRelease GetRelease(ChartFeature feature, string what, ChartVersion? since = null)
    {
        var release = GetRelease();
        if (!release.Features.Contains(feature) || (since is not null && ChartVersion < since))
        {
            ThrowTerminatingError(ErrorRecords.ChartTooOld(new(ChartVersion, feature, what, since)));
        }

        return release;
    }

    // A name stands for itself, brackets and all; a pattern for all files that fit, in their order.
    private protected IEnumerable<string> ResolveFiles(string path)
    {
        var literal = GetUnresolvedProviderPathFromPSPath(path);
        return !File.Exists(literal) && WildcardPattern.ContainsWildcardCharacters(path) ? Resolve(path).Order(StringComparer.Ordinal) : [literal];
    }

    // Values files; null when one of them cannot be read: without it, the others may look wrong.
    private protected List<ValuesFile>? ReadFiles(IReadOnlyList<string> paths)
    {
        List<ValuesFile> files = [];
        foreach (var path in paths)
        {
            try
            {
                var file = Wait(() => EditedFile.Open(path, isEdited: false));
                files.Add(file.Exists
                    ? Yaml.Linting.ValuesFileReader.Read(path, file.Text) with { IsVersioned = WorkTree.Holds(path) }
                    : throw Missing(path));
            }
            catch (ValuesEditException exception)
            {
                WriteError(exception.ToErrorRecord(path));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                WriteError(ErrorRecords.ValuesNotRead(exception, path));
            }
        }

        return files.Count == paths.Count ? files : null;
    }

    static IOException Missing(string path) => Directory.Exists(path)
        ? new IOException($"{path} is a folder: give its files, such as with {System.IO.Path.Join(path, "*.yaml")}.")
        : new FileNotFoundException($"There is no file {path}.", path);

    // Those that the names or patterns fit, in the chart's order.
    private protected IReadOnlyList<ChartComponent> Choose(IReadOnlyList<string>? names, IReadOnlyList<ChartComponent> among)
    {
        if (names is null)
        {
            return among;
        }

        var patterns = names.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        for (var index = 0; index < patterns.Count; index++)
        {
            if (!among.Any(component => patterns[index].IsMatch(component.Name)))
            {
                ThrowTerminatingError(ErrorRecords.UnknownComponent(names[index], ChartVersion, among));
            }
        }

        return [.. among.Where(component => patterns.Exists(pattern => pattern.IsMatch(component.Name)))];
    }
}
