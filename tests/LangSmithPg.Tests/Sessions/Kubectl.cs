using System.Diagnostics;
using System.Text;
using System.Text.Json;
using LangSmithPg.Sandbox.Helm;

namespace LangSmithPg.Tests.Sessions;

/// <summary>Manifests as kubectl reads them, without a cluster.</summary>
static class Kubectl
{
    /// <summary>The objects of several manifests. Skips the test where there is no kubectl.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(string manifests)
    {
        var start = new ProcessStartInfo(await FindAsync(), ["patch", "--local", "--filename", "-", "--patch", "{}", "--output", "json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(manifests);
        process.StandardInput.Close();
        var json = Encoding.UTF8.GetBytes(await output);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        List<JsonElement> objects = [];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            objects.Add(JsonElement.ParseValue(ref reader));
        }

        return objects;
    }

    static async Task<string> FindAsync()
    {
        try
        {
            return (await HelmTools.FindAsync(TestContext.Current.CancellationToken)).KubectlPath;
        }
        catch (HelmNotAvailableException exception) when (Environment.GetEnvironmentVariable("CI") != "true" || !OperatingSystem.IsLinux())
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }
}
