using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>
/// A chart with the workloads and paths of one range of versions, made of the templates in <c>component-chart/</c>. It shows that what
/// the catalogue says is what we write; that the catalogue is right, only the real chart shows.
/// </summary>
sealed class ComponentChart : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("langsmithpg-chart-");

    public ComponentChart(ChartRelease release)
    {
        Write("Chart.yaml", $"apiVersion: v2\nname: langsmith\nversion: {release.To}\n");
        var templates = _folder.CreateSubdirectory("templates").Name;
        JsonObject values = new()
        {
            ["everything"] = false,
            ["commonLabels"] = new JsonObject(),
            ["commonAnnotations"] = new JsonObject(),
            ["commonPodSecurityContext"] = new JsonObject(),
        };
        Set(values, ValuesPath.Of("postgres.external"), new()
        {
            ["existingSecretName"] = "", ["connectionUrlSecretKey"] = "connection_url", ["iamAuthProvider"] = "",
            ["clientCert"] = new JsonObject { ["secretName"] = "" },
        });
        foreach (var workload in release.Workloads)
        {
            Set(values, workload.Labels, []);
            Set(values, workload.PodSecurityContext, []);
            Write(Path.Join(templates, $"{workload.Name}.yaml"), Fill("workload.yaml", [
                ("on", Word(workload.OnByDefault is true)), ("kind", $"{workload.Kind}"), ("name", workload.NameSuffix!),
                ("pod", Parent(workload.Labels)), ("account", AccountName(workload.ServiceAccount)),
                ("connection", workload.HasConnection ? """{{- include "chart.environment" . | nindent 12 }}""" : ""),
                ("certificate", workload.MountsClientCertificate ? """{{- include "chart.certificate" . | nindent 12 }}""" : ""),
                ("hasCommonContext", Word(release.Features.Contains(ChartFeature.CommonPodSecurityContext))),
            ]));
        }

        foreach (var account in release.Workloads.Select(workload => workload.ServiceAccount).Distinct())
        {
            if (account.Path is not null)
            {
                Set(values, account.Path, new() { ["create"] = account.CreatedByDefault, ["name"] = "", ["annotations"] = new JsonObject() });
            }

            Write(Path.Join(templates, $"{AccountName(account)}.yaml"), Fill(account.Path is null ? "fixed-account.yaml" : "account.yaml", [
                ("path", AccountName(account)), ("name", account.NameSuffix!), ("labels", account.Labels?.ToString() ?? ""),
            ]));
        }

        Write(Path.Join(templates, "_helpers.tpl"), Fill("helpers.tpl", [("hasIam", Word(release.Features.Contains(ChartFeature.IamAuthProvider)))]));
        Write("values.yaml", values.ToJsonString());
    }

    public string Folder => _folder.FullName;

    /// <summary>The chart as "helm package" would pack it.</summary>
    public string Pack()
    {
        var archive = Path.Join(Folder, "langsmith.tgz");
        using var folder = new MemoryStream();
        TarFile.CreateFromDirectory(Folder, folder, includeBaseDirectory: true);
        folder.Position = 0;
        using var gzip = new GZipStream(File.Create(archive), CompressionLevel.Fastest);
        folder.CopyTo(gzip);
        return archive;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    static string AccountName(ChartServiceAccount account) => account.Path?.ToString() ?? account.NameSuffix!;

    static string Word(bool flag) => flag.ToString(CultureInfo.InvariantCulture).ToLowerInvariant();

    static string Parent(ValuesPath path) => new ValuesPath([.. path.Keys.SkipLast(1)]).ToString();

    static string Fill(string template, IEnumerable<(string Name, string Value)> marks) => marks.Aggregate(
        File.ReadAllText(Path.Join(AppContext.BaseDirectory, "component-chart", template)),
        (text, mark) => text.Replace($"@{mark.Name}@", mark.Value, StringComparison.Ordinal));

    static void Set(JsonObject values, ValuesPath path, JsonObject value)
    {
        foreach (var key in path.Keys.SkipLast(1))
        {
            values[key] ??= new JsonObject();
            values = values[key]!.AsObject();
        }

        values[path.Keys[^1]] = value;
    }

    void Write(string name, string text) => File.WriteAllText(Path.Join(Folder, name), text);
}
