using System.Text;

namespace LangSmithPg.Preflight;

/// <summary>The script that the pod runs.</summary>
static class PreflightScript
{
    public const string FileName = "preflight.ps1";

    public static string Text { get; } = Read();

    static string Read()
    {
        using var stream = typeof(PreflightScript).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
