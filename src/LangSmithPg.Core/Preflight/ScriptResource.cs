using System.Text;

namespace LangSmithPg.Preflight;

/// <summary>Scripts that pods run, as this library carries them.</summary>
static class ScriptResource
{
    /// <summary>Reads one.</summary>
    /// <param name="name">The name of its file.</param>
    public static string Read(string name)
    {
        using var stream = typeof(ScriptResource).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
