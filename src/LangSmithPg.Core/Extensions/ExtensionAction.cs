namespace LangSmithPg.Extensions;

/// <summary>What became of an extension that was to be installed.</summary>
public enum ExtensionAction
{
    /// <summary>It was there before.</summary>
    AlreadyInstalled,

    /// <summary>It was installed.</summary>
    Installed,

    /// <summary>It was not installed: nobody confirmed it, or another one failed.</summary>
    Skipped,

    /// <summary>The server refused.</summary>
    Failed,
}
