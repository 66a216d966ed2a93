namespace LangSmithPg.Sandbox.Folders;

/// <summary>A folder that is made once and then kept. Any number of processes may ask for it at once: one of them makes it.</summary>
static class KeptFolder
{
    /// <summary>Returns the folder, made first when it is not there.</summary>
    /// <param name="target">Its path.</param>
    /// <param name="make">Makes it below a temporary folder, and returns where. It appears at its path when it is complete.</param>
    /// <param name="cancellationToken">Ends the wait for the process that makes it.</param>
    internal static async Task<string> GetAsync(string target, Func<string, Task<string>> make, CancellationToken cancellationToken)
    {
        if (Directory.Exists(target))
            return target;
        using var mine = await FileLock.TakeAsync(target + ".lock", cancellationToken);
        if (Directory.Exists(target))
            return target;
        var temporary = SandboxRoot.Create($"{target}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.Move(await make(temporary), target);
            return target;
        }
        finally
        {
            Workspace.Delete(temporary);
        }
    }
}
