using System.Management.Automation;
using LangSmithPg.Errors;

namespace LangSmithPg.Binding;

/// <summary>
/// Lets a parameter take an object of this module that was deserialized from a job, another machine or a file; one that lost its secret is
/// rejected with the reason.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RehydratedAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData switch
        {
            PSObject bag when Rehydration.TypeOf(bag) is { } type => Rehydration.Read<object>(bag) ?? throw Lost(bag, type),
            object[] several => several.Select(one => Transform(engineIntrinsics, one)).ToArray(),
            _ => inputData,
        };

    static ArgumentTransformationMetadataException Lost(PSObject bag, Type type) =>
        new(ErrorRecords.Deserialized(type, bag) is var error ? $"{error.Exception.Message} {error.ErrorDetails.RecommendedAction}" : null);
}
