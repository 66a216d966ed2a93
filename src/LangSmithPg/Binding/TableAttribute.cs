using System.Collections;
using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>Lets a table of names and values be an object too, as JSON gives it. PowerShell passes over a property of the input that it cannot convert.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TableAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => inputData switch
    {
        null or "" => null,
        PSObject { BaseObject: IDictionary table } => table,
        IDictionary table => table,
        PSObject { BaseObject: PSCustomObject } one => one.Properties.ToDictionary(property => property.Name, property => property.Value),
        PSObject { BaseObject: "" } => null,
        _ => throw new ArgumentTransformationMetadataException("Give a hashtable, as @{ application_name = 'langsmith' }."),
    };
}
