using System.Management.Automation;
using System.Text;
using LangSmithPg.Binding;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Connections.Reading;
using LangSmithPg.Errors;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Cmdlets.Releases;

/// <summary>The Secrets of a release as a cmdlet gets them: objects of this module or of ConvertFrom-Json, files of manifests, and the text that kubectl prints, line by line.</summary>
/// <param name="cmdlet">The cmdlet.</param>
sealed class SecretInput(LangSmithCmdlet cmdlet)
{
    readonly List<KubernetesSecret> _secrets = [];
    readonly StringBuilder _text = new();
    bool _isIncomplete;

    /// <summary>
    /// Reads them; null, and an error, where a file cannot be read. Ends the cmdlet where something is no Secret: without it, the verdict would
    /// be another one.
    /// </summary>
    /// <param name="inputs">What was given.</param>
    public IReadOnlyList<KubernetesSecret>? Read(object?[] inputs)
    {
        foreach (var input in inputs)
        {
            Add(input is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : input);
        }

        if (_text.Length > 0)
        {
            AddText(_text.ToString(), path: null);
        }

        if (_secrets.GroupBy(secret => secret.Name).FirstOrDefault(group => group.Count() > 1) is { Key: var name })
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.SecretRepeated(name));
        }

        return _isIncomplete ? null : _secrets;
    }

    void Add(object? input)
    {
        switch (input)
        {
            case KubernetesSecret secret:
                _secrets.Add(secret);
                break;
            case FileInfo file:
                AddFile(file.FullName);
                break;
            case string line when _text.Length > 0 || string.IsNullOrWhiteSpace(line) || (TextKinds.IsYaml(line) && !File.Exists(line)):
                _text.Append(line).Append('\n');
                break;
            case string text when MayBeSecret(text) && !File.Exists(text):
                cmdlet.ThrowTerminatingError(ErrorRecords.NotASecret(typeof(string).FullName!));
                break;
            case string pattern:
                foreach (var path in cmdlet.ResolveFiles(pattern))
                {
                    AddFile(path);
                }

                break;
            case not null when DocumentObject.Of(input) is { } document:
                Take(() => SecretManifests.Find(document), path: null);
                break;
            default:
                cmdlet.ThrowTerminatingError(ErrorRecords.NotASecret(input?.GetType().FullName ?? "null"));
                break;
        }
    }

    // A connection string, or a text with several lines: what is no path must not be shown as one.
    static bool MayBeSecret(string text) => text.Contains('@', StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal) || text.Any(char.IsControl);

    void AddFile(string path)
    {
        if (cmdlet.ReadFile(path, static text => text) is { } text)
        {
            AddText(text, path);
        }
        else
        {
            _isIncomplete = true;
        }
    }

    void AddText(string text, string? path) => Take(() => Yaml.DocumentReader.Read(text.TrimStart('\uFEFF')).SelectMany(SecretManifests.Find), path);

    void Take(Func<IEnumerable<KubernetesSecret>> read, string? path)
    {
        try
        {
            KubernetesSecret[] found = [.. read()];
            if (found.Length == 0)
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.NoSecretFound(path));
            }

            _secrets.AddRange(found);
        }
        catch (InvalidNameException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidName(exception));
        }
        catch (FormatException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.DocumentNotRead(exception, path));
        }
    }
}
