namespace LangSmithPg.Setup;

/// <summary>A file of a setup.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Action">What became of it.</param>
public sealed record SetupFile(string Path, SetupFileAction Action)
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>What became of a file of a setup.</summary>
public enum SetupFileAction
{
    /// <summary>It was not there and was written.</summary>
    Created,

    /// <summary>It was there with another content and was written.</summary>
    Updated,

    /// <summary>It was there with this content.</summary>
    Unchanged,

    /// <summary>It was not written: with -WhatIf, after a prompt, or because of an error.</summary>
    NotWritten,
}
