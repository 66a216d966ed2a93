using System.Collections;
using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>Lets a table of names and values be an object too, as JSON gives it. What is neither is an error of its row.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TableAttribute : ArgumentTransformationAttribute
{
    /// <summary>A marker for a column that is neither: PowerShell would show the whole row in an error of its own, password and all.</summary>
    internal static readonly Hashtable Unreadable = [];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : inputData) switch
        {
            null or "" => null,
            IDictionary table => table,
            PSObject one => one.Properties.ToDictionary(property => property.Name, property => property.Value),
            _ => Unreadable,
        };
}
