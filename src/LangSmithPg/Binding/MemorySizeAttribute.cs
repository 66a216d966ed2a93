using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>Accepts a memory size in bytes, and rejects one that was meant in another unit: no server has 8 bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MemorySizeAttribute : ValidateArgumentsAttribute
{
    const long Least = 64L << 20;

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is long bytes && bytes < Least)
        {
            throw new ValidationMetadataException($"{bytes} bytes is less than the memory of any server. Specify the size with a unit, such as 8GB.");
        }
    }
}
