using System.Collections;
using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>Lets a table of names and values be an object too, as JSON gives it. PowerShell passes over a property of the input that it cannot convert.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TableAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : inputData) switch
        {
            null or "" => null,
            IDictionary table => table,
            PSObject one => one.Properties.ToDictionary(property => property.Name, property => property.Value),
            _ => throw new ArgumentTransformationMetadataException("Give a hashtable, as @{ application_name = 'langsmith' }."),
        };
}
