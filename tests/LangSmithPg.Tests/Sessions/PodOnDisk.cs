using System.Text;
using System.Text.Json;

namespace LangSmithPg.Tests.Sessions;

/// <summary>
/// A container of a Job's pod without a cluster: its volumes as folders below a root of its own, its environment, its command. What a mount
/// or variable leads to is below that root.
/// </summary>
sealed class PodOnDisk : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("langsmithpg-pod-").FullName;
    readonly Dictionary<(string Kind, string Name), JsonElement> _objects;
    readonly IReadOnlyDictionary<string, string> _claims;
    readonly JsonElement _spec;
    readonly JsonElement _container;

    /// <summary>Mounts what the pod asks for.</summary>
    /// <param name="objects">What is in the cluster: the Job, its ConfigMaps, Secrets.</param>
    /// <param name="claims">Folders by the claims for volumes.</param>
    /// <param name="job">Name of the Job; null for the only one.</param>
    /// <param name="container">Name of the container, which may be one that runs before the others; null for the only one.</param>
    public PodOnDisk(IEnumerable<JsonElement> objects, IReadOnlyDictionary<string, string>? claims = null, string? job = null, string? container = null)
    {
        _objects = objects.ToDictionary(one => (one.GetProperty("kind").GetString()!, one.GetProperty("metadata").GetProperty("name").GetString()!));
        _claims = claims ?? new Dictionary<string, string>();
        _spec = _objects.Single(one => one.Key.Kind == "Job" && one.Key.Name == (job ?? one.Key.Name)).Value.GetProperty("spec").GetProperty("template").GetProperty("spec");
        _container = ((string[])["initContainers", "containers"]).SelectMany(kind => _spec.TryGetProperty(kind, out var some) ? some.EnumerateArray() : default).Single(one => one.GetProperty("name").GetString() is var name && name == (container ?? name));
        var volumes = _spec.GetProperty("volumes").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!, Volume);
        foreach (var mount in _container.GetProperty("volumeMounts").EnumerateArray())
        {
            Mount(volumes[mount.GetProperty("name").GetString()!], mount);
        }
    }

    /// <summary>A path in the pod, as it is here.</summary>
    public string this[string path] => Path.Join(_root, path);

    /// <summary>Runs the container's command.</summary>
    /// <param name="more">Variables that the image would have set.</param>
    /// <param name="services">Names of Services, and the hosts that they lead to.</param>
    public Task<PwshResult> RunAsync(IReadOnlyDictionary<string, string>? more = null, IReadOnlyDictionary<string, string>? services = null)
    {
        var words = Words("command").Concat(Words("args")).ToList();
        Assert.Contains(words[0], (string[])["pwsh", "sh"]);
        var environment = new Dictionary<string, string>(more ?? new Dictionary<string, string>()) { ["TMPDIR"] = this["/tmp"], ["KUBERNETES_SERVICE_HOST"] = "10.96.0.1" };
        foreach (var variable in _container.GetProperty("env").EnumerateArray())
        {
            if (Value(variable) is { } value)
            {
                environment[variable.GetProperty("name").GetString()!] = services?.GetValueOrDefault(value) ?? Local(value);
            }
        }

        return words[0] == "pwsh"
            ? Pwsh.RunAloneAsync(words.Skip(1).Select(Local), _root, environment)
            : Pwsh.RunProgramAsync(words[0], words.Skip(1).Select(Local), _root, environment);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // What a Secret holds comes with stringData, as this module writes it.
    static IEnumerable<KeyValuePair<string, byte[]>> Entries(JsonElement one) =>
        ((string[])["data", "stringData", "binaryData"]).Where(kind => one.TryGetProperty(kind, out _))
            .SelectMany(kind => one.GetProperty(kind).EnumerateObject().Select(entry => KeyValuePair.Create(
                entry.Name,
                kind == "binaryData" || (kind == "data" && one.GetProperty("kind").GetString() == "Secret")
                    ? entry.Value.GetBytesFromBase64()
                    : Encoding.UTF8.GetBytes(entry.Value.GetString()!))));

    string Local(string value) => value.StartsWith('/') ? this[value] : value;

    IEnumerable<string> Words(string property) => (_container.TryGetProperty(property, out var words) ? words.EnumerateArray() : default).Select(word => word.GetString()!);

    string? Value(JsonElement variable)
    {
        if (variable.TryGetProperty("value", out var value))
        {
            return value.GetString();
        }

        var reference = variable.GetProperty("valueFrom").GetProperty("secretKeyRef");
        var found = Find(reference, "name") is { } secret
            ? Entries(secret).Where(entry => entry.Key == reference.GetProperty("key").GetString()).Select(entry => Encoding.UTF8.GetString(entry.Value)).FirstOrDefault()
            : null;
        Assert.True(found is not null || IsOptional(reference), "The pod would not start: a Secret of its environment is missing.");
        return found;
    }

    JsonElement? Find(JsonElement reference, string name) =>
        _objects.TryGetValue(("Secret", reference.GetProperty(name).GetString()!), out var secret) ? secret : null;

    static bool IsOptional(JsonElement reference) => reference.TryGetProperty("optional", out var optional) && optional.GetBoolean();

    // A folder for each volume; kubelet, too, makes them before it mounts them.
    string Volume(JsonElement volume)
    {
        var folder = Directory.CreateDirectory(Path.Join(_root, "volumes", volume.GetProperty("name").GetString()!)).FullName;
        if (volume.TryGetProperty("persistentVolumeClaim", out var claim))
        {
            return _claims[claim.GetProperty("claimName").GetString()!];
        }

        if (volume.TryGetProperty("projected", out var projected))
        {
            foreach (var source in projected.GetProperty("sources").EnumerateArray())
            {
                foreach (var (file, content) in Entries(_objects[("ConfigMap", source.GetProperty("configMap").GetProperty("name").GetString()!)]))
                {
                    File.WriteAllBytes(Path.Join(folder, file), content);
                }
            }
        }

        if (volume.TryGetProperty("secret", out var secret))
        {
            var entries = Find(secret, "secretName") is { } found ? Entries(found).ToDictionary() : [];
            foreach (var item in secret.GetProperty("items").EnumerateArray())
            {
                var path = Path.Join(folder, item.GetProperty("path").GetString());
                if (!entries.TryGetValue(item.GetProperty("key").GetString()!, out var content))
                {
                    Assert.True(IsOptional(secret), "The pod would not start: a Secret of its volumes is missing.");
                    continue;
                }

                File.WriteAllBytes(path, content);
                if (item.TryGetProperty("mode", out var mode) && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(path, (UnixFileMode)mode.GetInt32());
                }
            }
        }

        return folder;
    }

    void Mount(string volume, JsonElement mount)
    {
        var path = this[mount.GetProperty("mountPath").GetString()!];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!mount.TryGetProperty("subPath", out var file))
        {
            Directory.CreateSymbolicLink(path, volume);
        }
        else if (File.Exists(Path.Join(volume, file.GetString())))
        {
            File.CreateSymbolicLink(path, Path.Join(volume, file.GetString()));
        }
        else
        {
            // What a mount of one file leads to when it is not there: kubelet makes a folder.
            Directory.CreateDirectory(path);
        }
    }
}
