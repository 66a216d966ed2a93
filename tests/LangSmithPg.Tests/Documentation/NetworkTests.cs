using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Documentation;

/// <summary>"No telemetry": nothing of this module's own can ask the web. What gets tokens are the clouds' libraries.</summary>
public sealed class NetworkTests
{
    static readonly string[] Clients = ["HttpClient", "HttpMessageInvoker", "WebClient", "WebRequest", "HttpWebRequest", "IHttpClientFactory"];

    [Fact]
    public void No_library_of_the_module_has_a_client_for_the_web()
    {
        var libraries = Directory.GetFiles(Path.GetDirectoryName(BuildPaths.ModuleManifest)!, "LangSmithPg*.dll", SearchOption.AllDirectories);
        Assert.Equal(
            ["LangSmithPg.Cloud.dll", "LangSmithPg.Core.dll", "LangSmithPg.Postgres.dll", "LangSmithPg.Yaml.dll", "LangSmithPg.dll"],
            libraries.Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(libraries, path => Assert.Empty(TypesOf(path).Intersect(Clients)));
        // It would be found: Azure's library has one.
        Assert.Contains("HttpClient", TypesOf(Path.Join(Path.GetDirectoryName(BuildPaths.ModuleManifest), "dependencies", "Azure.Core.dll")));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("SECURITY.md")]
    [InlineData("en-US/about_LangSmithPg.help.txt")]
    public void Whoever_looks_for_it_is_told(string document)
    {
        var text = string.Join(' ', File.ReadAllText(Path.Join(BuildPaths.Repository, document)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("telemetry", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("othing is sent anywhere but to the servers that you name", text, StringComparison.Ordinal);
    }

    static HashSet<string> TypesOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(one => metadata.GetString(metadata.GetTypeReference(one).Name))];
    }
}
