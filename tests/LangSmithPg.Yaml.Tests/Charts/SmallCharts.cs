using LangSmithPg.Yaml.Tests.Tools;

namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>Two versions of a small chart, and the files of a catalogue that knows nothing of them yet.</summary>
sealed class SmallCharts : IDisposable
{
    const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{ include "langsmith.fullname" . }}-{{ .Values.@.name }}
        spec:
          template:
            metadata:
              annotations:
                {{- toYaml .Values.commonPodAnnotations | nindent 8 }}
              labels:
                {{- toYaml .Values.@.deployment.labels | nindent 8 }}
            spec:
              serviceAccountName: {{ include "@.serviceAccountName" . }}
              securityContext:
                {{- toYaml .Values.@.deployment.podSecurityContext | nindent 8 }}
              containers:
                - name: {{ .Values.@.name }}
                  env:
                    - name: POSTGRES_DATABASE_URI

        """;

    const string Account = """
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          labels:
            {{- toYaml .Values.@.deployment.labels | nindent 4 }}
          annotations:
            {{- toYaml .Values.@.serviceAccount.annotations | nindent 4 }}

        """;

    const string Helpers = """
        {{- define "@.serviceAccountName" -}}
        {{- if .Values.@.serviceAccount.create }}{{ .Values.@.serviceAccount.name }}{{- end }}
        {{- end -}}

        """;

    const string Values = """
        @:
          name: @-pod
          deployment:
            labels: {}
            podSecurityContext: {}
            extraEnv: []
          serviceAccount:
            create: true
            name: ""
            annotations: {}

        """;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("langsmithpg-charts-");

    public SmallCharts()
    {
        Write("data/keys.txt", "");
        Write("data/defaults.txt", "");
        Write("data/variables.txt", "");
        Write("data/catalogue.json", """
            {
              "about": ["Kept."], "source": "https://example.com", "versions": ["1.0.0"], "features": {}, "workloads": [], "podsWithoutConnection": [],
              "otherPostgresPods": [], "otherDatabases": [], "offByDefault": [], "requiredToRender": [], "brokenOptions": [], "refusedKeys": [], "flags": []
            }
            """);
        Add(
            "1.0.0",
            "config:\n  old: true\n" + Of(Values, "backend"),
            ("backend/deployment.yaml", Of(Deployment, "backend")),
            ("backend/account.yaml", Of(Account, "backend")),
            ("_helpers.tpl", Of(Helpers, "backend")));
        Add(
            "1.0.1",
            "config:\n  customCa: {}\n" + Of(Values, "backend") + Of(Values, "queue") + "  enabled: false\n",
            ("backend/deployment.yaml", Of(Deployment, "backend")),
            ("backend/account.yaml", Of(Account, "backend")),
            ("queue/deployment.yaml", "{{- if .Values.queue.enabled }}\n" + Of(Deployment, "queue") + "{{- end }}\n"),
            ("_helpers.tpl", Of(Helpers, "backend") + Of(Helpers, "queue")),
            ("validate.yaml", """
                {{- if hasKey .Values.config "old" }}{{ fail "config.old has gone." }}{{ end }}
                {{- if .Values.config.older }}{{ fail "So has this." }}{{ end }}
                """));
    }

    /// <summary>The folder of the charts.</summary>
    public string Source => Path.Join(_folder.FullName, "charts");

    /// <summary>The folder of the catalogue.</summary>
    public string Data => Path.Join(_folder.FullName, "data");

    public string Catalogue
    {
        get => File.ReadAllText(Path.Join(Data, "catalogue.json"));
        set => File.WriteAllText(Path.Join(Data, "catalogue.json"), value);
    }

    public string Keys => File.ReadAllText(Path.Join(Data, "keys.txt"));

    /// <summary>Changes a file of the newer version.</summary>
    public void Change(string name, string old, string current)
    {
        var path = Path.Join(Source, "1.0.1", name);
        File.WriteAllText(path, File.ReadAllText(path).Replace(old, current, StringComparison.Ordinal));
    }

    /// <summary>A clone with a tag for each version, and one that is a pre-release of an older one.</summary>
    public async Task<string> CloneAsync()
    {
        var clone = Path.Join(_folder.FullName, "clone");
        await GitAsync("init", "--quiet");
        foreach (var version in (string[])["1.0.0", "1.0.1-rc.1", "1.0.1"])
        {
            var chart = Path.Join(clone, "charts", "langsmith");
            if (Directory.Exists(chart))
            {
                Directory.Delete(chart, recursive: true);
            }

            foreach (var file in Directory.EnumerateFiles(Path.Join(Source, version.Split('-')[0]), "*", SearchOption.AllDirectories))
            {
                var copy = Path.Join(chart, Path.GetRelativePath(Path.Join(Source, version.Split('-')[0]), file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                // A copy keeps the time of its original, by which git would take Chart.yaml, of the same size, for unchanged.
                File.WriteAllBytes(copy, File.ReadAllBytes(file));
            }

            await GitAsync("add", "--all");
            await GitAsync("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--allow-empty", "--message", version);
            await GitAsync("tag", $"langsmith-{version}");
        }

        return clone;

        Task<string> GitAsync(params string[] arguments) =>
            Tool.AskAsync("git", "", ["-C", Directory.CreateDirectory(clone).FullName, "-c", "tag.gpgSign=false", "-c", "commit.gpgSign=false", .. arguments]);
    }

    public void Dispose()
    {
        // Git protects its files.
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.IsReadOnly = false;
        }

        _folder.Delete(recursive: true);
    }

    void Add(string version, string values, params IEnumerable<(string Name, string Text)> templates)
    {
        Write($"charts/{version}/Chart.yaml", $"apiVersion: v2\nname: langsmith\nversion: {version}\n");
        Write($"charts/{version}/values.yaml", values);
        foreach (var (name, text) in templates)
        {
            Write($"charts/{version}/templates/{name}", text);
        }
    }

    void Write(string name, string text)
    {
        var path = Path.Join(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    static string Of(string text, string name) => text.Replace("@", name, StringComparison.Ordinal);
}
