using LangSmithPg.Common;

namespace LangSmithPg.Charts;

/// <summary>A database of the chart beside LangSmith's own, which stays in the cluster unless its values say otherwise.</summary>
/// <param name="Path">Its values, such as <c>polly.postgres.external</c>.</param>
/// <param name="Variable">The variable that leads its pods to it; <c>*</c> stands for parts that differ.</param>
/// <param name="OnByDefault">Whether it is there unless the values say otherwise.</param>
/// <param name="IamKey">The key that turns IAM on for it; null when it takes passwords only.</param>
/// <param name="EnabledWhen">The values that it depends on; null when it comes with the pods that use it.</param>
sealed record ChartDatabase(ValuesPath Path, string Variable, bool OnByDefault, string? IamKey, Condition? EnabledWhen = null);
