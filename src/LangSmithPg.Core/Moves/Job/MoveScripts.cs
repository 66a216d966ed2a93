using LangSmithPg.Preflight;

namespace LangSmithPg.Moves.Job;

/// <summary>The scripts that the pod runs.</summary>
static class MoveScripts
{
    /// <summary>The check and the comparison, in PowerShell.</summary>
    public const string CheckFile = "move.ps1";

    /// <summary>The copy, for the shell of an image of PostgreSQL.</summary>
    public const string CopyFile = "move.sh";

    /// <summary>What empties a target that was filled in part.</summary>
    public const string EmptyFile = "empty.sql";

    /// <summary>The fingerprint of a source.</summary>
    public const string StateFile = "state.sql";

    /// <summary>The SQL of it, which is the same in a pod and on this machine.</summary>
    public static string Empty { get; } = ScriptResource.Read(EmptyFile);

    /// <summary>The SQL of the fingerprint, likewise.</summary>
    public static string State { get; } = ScriptResource.Read(StateFile);

    /// <summary>All of them, with what they need beside them.</summary>
    public static IEnumerable<(string File, string Text)> All =>
        ((string[])[CheckFile, CopyFile, EmptyFile, StateFile, ModuleScript.FileName]).Select(file => (file, ScriptResource.Read(file)));
}
