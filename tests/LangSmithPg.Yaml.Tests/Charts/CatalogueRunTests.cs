using LangSmithPg.CatalogueTool;

namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>The tool that creates the catalogue, on a small chart.</summary>
public sealed class CatalogueRunTests : IDisposable
{
    readonly SmallCharts _charts = new();
    readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose()
    {
        _charts.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void All_files_are_written_from_the_charts()
    {
        Run.Write(_charts.Source);

        Assert.Equal("catalogue.json is written.\nkeys.txt is written.\ndefaults.txt is written.\nvariables.txt is written.\n", _output.ToString());
        Assert.Equal(
            """
            {
              "about": [
                "Kept."
              ],
              "source": "https://example.com",
              "versions": ["1.0.0..1"],
              "features": { "customCa": "1.0.1" },
              "workloads": [
                { "path": "backend", "kind": "Deployment", "name": "backend-pod", "template": "backend/deployment.yaml", "variants": [{ "from": "1.0.0", "when": "always", "on": true }] },
                { "path": "queue", "kind": "Deployment", "name": "queue-pod", "template": "queue/deployment.yaml", "variants": [{ "from": "1.0.1", "when": "queue.enabled", "on": false }] }
              ],
              "podsWithoutConnection": [],
              "otherPostgresPods": [],
              "otherDatabases": [],
              "offByDefault": [
                { "name": "queue.enabled", "from": "1.0.1" }
              ],
              "requiredToRender": [],
              "brokenOptions": [],
              "refusedKeys": [
                { "name": "config.old", "from": "1.0.1" },
                { "name": "config.older", "from": "1.0.1", "allowsEmpty": true }
              ],
              "flags": []
            }

            """,
            _charts.Catalogue);
        Assert.EndsWith(
            """
            tags langsmith-1.0.0 to langsmith-1.0.1.
            backend
             deployment
              extraEnv[]
              labels*
              podSecurityContext*
             name
             serviceAccount
              annotations*
              create
              name
            commonPodAnnotations
            config
             customCa* 1.0.1
             old 1.0.0,1.0.1
             older 1.0.1
            queue 1.0.1
             deployment
              extraEnv[]
              labels*
              podSecurityContext*
             enabled
             name
             serviceAccount
              annotations*
              create
              name

            """,
            _charts.Keys,
            StringComparison.Ordinal);
        Assert.EndsWith(
            """
            backend/deployment.yaml queue/deployment.yaml
             always
              POSTGRES_DATABASE_URI! 1.0.0

            """,
            File.ReadAllText(Path.Join(_charts.Data, "variables.txt")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_up_to_date_is_said_to_be()
    {
        Run.Write(_charts.Source);
        _output.GetStringBuilder().Clear();

        Assert.True(Run.Compare(_charts.Source));
        Assert.Equal("catalogue.json is up to date.\nkeys.txt is up to date.\ndefaults.txt is up to date.\nvariables.txt is up to date.\n", _output.ToString());
    }

    [Fact]
    public void What_differs_is_shown_line_by_line_and_nothing_is_written()
    {
        Run.Write(_charts.Source);
        _output.GetStringBuilder().Clear();
        var (catalogue, keys) = (_charts.Catalogue, _charts.Keys);
        _charts.Change("values.yaml", "enabled: false", "enabled: true\n  replicas: 1");

        Assert.False(Run.Compare(_charts.Source));

        Assert.Equal((catalogue, keys), (_charts.Catalogue, _charts.Keys));
        var shown = _output.ToString();
        Assert.Contains("""
            "variants": [{ "from": "1.0.1", "when": "queue.enabled", "on": true }] }
            """, shown, StringComparison.Ordinal);
        Assert.Contains("""
            -    { "name": "queue.enabled", "from": "1.0.1" }
            """, shown, StringComparison.Ordinal);
        Assert.Contains("keys.txt differs:\n@@ ", shown, StringComparison.Ordinal);
        Assert.Contains("\n+ replicas\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_chart_says_is_kept()
    {
        Run.Write(_charts.Source);
        var catalogue = _charts.Catalogue
            .Replace("""
                "name": "queue-pod", "template"
                """, """
                "name": "queue-pod", "inDocs": true, "template"
                """, StringComparison.Ordinal)
            .Replace("""
                { "name": "config.old", "from": "1.0.1" }
                """, """
                { "name": "config.old", "from": "1.0.1", "instead": ["queue.enabled"] }
                """, StringComparison.Ordinal);
        _charts.Catalogue = catalogue;

        Run.Write(_charts.Source);

        Assert.Contains("inDocs", catalogue, StringComparison.Ordinal);
        Assert.Contains("instead", catalogue, StringComparison.Ordinal);
        Assert.Equal(catalogue, _charts.Catalogue);
    }

    [Fact]
    public async Task A_clone_gives_the_same_as_its_charts()
    {
        Run.Write(_charts.Source);

        try
        {
            Assert.True(Run.Compare(await _charts.CloneAsync()));
        }
        catch (IOException exception) when (exception.Message.StartsWith("git cannot be run", StringComparison.Ordinal))
        {
            Assert.Skip(exception.Message);
        }
    }

    [Fact]
    public void Charts_without_a_version_of_the_catalogue_are_refused()
    {
        var catalogue = _charts.Catalogue = _charts.Catalogue.Replace("1.0.0", "1.0.0..2", StringComparison.Ordinal);

        Assert.Contains("version 1.0.2", Assert.Throws<InvalidDataException>(() => Run.Write(_charts.Source)).Message, StringComparison.Ordinal);
        Assert.Equal(catalogue, _charts.Catalogue);
    }

    CatalogueRun Run => new(_charts.Data, _output);
}
