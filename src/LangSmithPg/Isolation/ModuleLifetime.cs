using System.Management.Automation;

namespace LangSmithPg.Isolation;

/// <summary>
/// PowerShell calls this when the module is imported. There is no counterpart for its removal: the module's own assemblies stay loaded
/// until the process ends, and another runspace may still be using them.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer
{
    static int s_registered;

    /// <inheritdoc/>
    public void OnImport()
    {
        // Every runspace that imports the module calls this; one answer is enough for all.
        if (Interlocked.Exchange(ref s_registered, 1) == 0)
        {
            DependencyContext.Register();
        }
    }
}
