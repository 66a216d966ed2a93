namespace LangSmithPg.Preflight;

/// <summary>Where something lies in a Secret that is there already.</summary>
/// <param name="Name">Name of the Secret.</param>
/// <param name="Key">Key in it.</param>
public sealed record SecretReference(string Name, string Key)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}/{Key}";
}
