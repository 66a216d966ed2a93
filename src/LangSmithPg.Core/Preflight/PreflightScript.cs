namespace LangSmithPg.Preflight;

/// <summary>The script that the pod runs.</summary>
static class PreflightScript
{
    public const string FileName = "preflight.ps1";

    public static string Text { get; } = ScriptResource.Read(FileName);
}
