using System.Text.Json;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Documentation;

/// <summary>
/// What kubectl, helm and gcloud are told, and a cluster as far as it bears on that: it refuses what a real one would refuse, and runs
/// the pod of a Job for what its log says. Manifests are read by kubectl itself.
/// </summary>
sealed class RecordedCluster : IAsyncDisposable
{
    // What fits into the annotation that the client's own apply makes.
    const int MostOfAnnotation = 256 * 1024;

    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    readonly StubHttpServer _calls;
    readonly IReadOnlyDictionary<string, string> _podEnvironment;
    readonly HashSet<string> _namespaces = ["default"];
    readonly Dictionary<(string Kind, string Name), JsonElement> _objects = [];
    string? _log;
    bool _hasRepository;

    public RecordedCluster(IReadOnlyDictionary<string, string>? podEnvironment = null)
    {
        _podEnvironment = podEnvironment ?? new Dictionary<string, string>();
        _calls = new(request => Answer(JsonSerializer.Deserialize<Call>(request.Body, JsonSerializerOptions.Web)!));
    }

    /// <summary>Where the stand-ins of the programs report.</summary>
    public string Url => _calls.Url;

    /// <summary>The commands, as they were given.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>What the pod of the preflight wrote.</summary>
    public string Log => _log ?? "";

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    /// <summary>A value of a Secret that is there.</summary>
    public string Secret(string name, string key) => _objects[("Secret", name)].GetProperty("stringData").GetProperty(key).GetString()!;

    public bool Has(string kind, string name) => _objects.ContainsKey((kind, name));

    (int Status, string Json) Answer(Call call)
    {
        Commands.Add($"{call.Program} {string.Join(' ', call.Arguments)}");
        string output = "", error = "";
        try
        {
            output = Run(call);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or Xunit.Sdk.XunitException)
        {
            error = $"{Commands[^1]}: {exception.Message}";
        }

        return (200, JsonSerializer.Serialize(new { output, error }));
    }

    // As the API server keeps it: encoded, and without stringData.
    string Get(string name) => JsonSerializer.Serialize(
        new
        {
            apiVersion = "v1",
            kind = "Secret",
            metadata = new { name },
            data = _objects[("Secret", name)].GetProperty("stringData").EnumerateObject()
                .ToDictionary(one => one.Name, one => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(one.Value.GetString()!))),
        },
        s_indented);

    string Run(Call call) => (call.Program, call.Arguments) switch
    {
        ("kubectl", ["create", "namespace", var name, "--dry-run=client", "-o", "yaml"]) => $"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {name}\n",
        ("kubectl", ["apply", "-f", var file]) => Apply(call, file, onServer: false),
        ("kubectl", ["apply", "--server-side", "-f", var file]) => Apply(call, file, onServer: true),
        // The quotes are the shell's; Kubernetes sets several conditions, the first of which says that the job has ended.
        ("kubectl", ["wait", "-n", var space, var job, "--for=jsonpath={.status.conditions[0].status}=True", "--timeout=11m"]) => Wait(space, job),
        ("kubectl", ["get", "secret", var name, "-n", "langsmith", "-o", "json"]) => Get(name),
        ("kubectl", ["logs", "-n", var space, var job]) => Find(space, job) is var _ && _log is not null ? _log : throw new InvalidOperationException("waiting to start: ContainerCreating"),
        ("helm", ["repo", "add", "langchain", "https://langchain-ai.github.io/helm"]) => (_hasRepository = true).ToString(),
        ("helm", ["upgrade", "--install", "langsmith", "langchain/langsmith", "--version", _, "-n", var space, "-f", var file]) => Upgrade(call, space, file),
        ("gcloud", ["sql", "users", "create", _, "--instance=langsmith", "--type=cloud_iam_service_account"]) => "",
        _ => throw new InvalidOperationException("unknown command"),
    };

    string Apply(Call call, string file, bool onServer)
    {
        var text = file == "-" ? call.Input : File.ReadAllText(Path.Join(call.Folder, file));
        List<string> done = [];
        foreach (var one in Kubectl.ReadAsync(text).GetAwaiter().GetResult())
        {
            var (kind, metadata) = (one.GetProperty("kind").GetString()!, one.GetProperty("metadata"));
            var name = metadata.GetProperty("name").GetString()!;
            if (kind == "Namespace")
            {
                _namespaces.Add(name);
            }
            else
            {
                var space = metadata.TryGetProperty("namespace", out var given) ? given.GetString()! : "default";
                Require(_namespaces.Contains(space), $"namespaces \"{space}\" not found");
                Require(onServer || kind != "Secret", $"secret/{name} is kept in an annotation, too");
                Require(onServer || one.GetRawText().Length < MostOfAnnotation, "metadata.annotations: Too long");
                _objects[(kind, name)] = one;
            }

            done.Add($"{kind}/{name} applied");
        }

        return string.Join('\n', done);
    }

    string Wait(string space, string job)
    {
        var spec = Find(space, job).GetProperty("spec").GetProperty("template").GetProperty("spec");
        var account = spec.GetProperty("serviceAccountName").GetString()!;
        Require(Has("ServiceAccount", account), $"timed out: serviceaccount \"{account}\" not found, and no pod is made");
        using var pod = new PodOnDisk(_objects.Values);
        var run = pod.RunAsync(_podEnvironment).GetAwaiter().GetResult();
        Require(run.Errors.Length == 0, run.Errors);
        _log = run.Output.ReplaceLineEndings("\n");
        return $"{job} condition met";
    }

    string Upgrade(Call call, string space, string file)
    {
        Require(_hasRepository, "repo langchain not found");
        Require(_namespaces.Contains(space), $"namespaces \"{space}\" not found");
        var values = File.ReadAllText(Path.Join(call.Folder, file));
        Require(values.Contains("existingSecretName: postgres-secret\n", StringComparison.Ordinal) && Has("Secret", "postgres-secret"), "the Secret of the connection is missing");
        return "Release \"langsmith\" has been upgraded.";
    }

    JsonElement Find(string space, string job)
    {
        Require(job.StartsWith("job/", StringComparison.Ordinal) && _objects.TryGetValue(("Job", job[4..]), out _), $"{job} not found");
        var found = _objects[("Job", job[4..])];
        Require(found.GetProperty("metadata").GetProperty("namespace").GetString() == space, $"{job} not found in {space}");
        return found;
    }

    static void Require(bool condition, string error)
    {
        if (!condition)
        {
            throw new InvalidOperationException(error);
        }
    }

    sealed record Call(string Program, string[] Arguments, string Input, string Folder);
}
