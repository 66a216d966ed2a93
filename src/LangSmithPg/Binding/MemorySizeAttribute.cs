using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>Takes a size of memory in bytes, and none that was meant in another unit: no server has 8 bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MemorySizeAttribute : ValidateArgumentsAttribute
{
    const long Least = 64L << 20;

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is long bytes && bytes < Least)
        {
            throw new ValidationMetadataException($"{bytes} is a number of bytes, and less than any server has. Give it with its unit, such as 8GB.");
        }
    }
}
