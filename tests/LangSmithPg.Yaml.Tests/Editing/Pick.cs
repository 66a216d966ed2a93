using CsCheck;

namespace LangSmithPg.Yaml.Tests.Editing;

/// <summary>One of some constants.</summary>
static class Pick
{
    public static Gen<T> From<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);
}
