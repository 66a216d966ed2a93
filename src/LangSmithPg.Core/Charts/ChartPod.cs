namespace LangSmithPg.Charts;

/// <summary>A pod of the chart that has to do with a PostgreSQL other than LangSmith's.</summary>
/// <param name="NameSuffix">Its name after the full name of the release.</param>
/// <param name="Variables">The variables that show it; <c>*</c> stands for several.</param>
sealed record ChartPod(string NameSuffix, IReadOnlyList<string> Variables);
