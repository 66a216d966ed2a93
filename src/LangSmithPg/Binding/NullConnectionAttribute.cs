using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>Lets a connection be null, as a variable is that was never set: the cmdlet then says so, where PowerShell names only its parameter.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NullConnectionAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => inputData switch
    {
        null => ConnectionInput.Null,
        object?[] several when several.Contains(null) => several.Select(one => one ?? ConnectionInput.Null).ToArray(),
        _ => inputData,
    };
}
