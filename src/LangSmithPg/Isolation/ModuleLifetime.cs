using System.Management.Automation;

namespace LangSmithPg.Isolation;

/// <summary>PowerShell calls this when the module is imported and removed.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    static Action? s_unregister;

    /// <inheritdoc/>
    public void OnImport()
    {
        // Every runspace that imports the module calls this; one answer is enough for all.
        var unregister = DependencyContext.Register();
        if (Interlocked.CompareExchange(ref s_unregister, unregister, null) is not null)
        {
            unregister();
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => Interlocked.Exchange(ref s_unregister, null)?.Invoke();
}
