namespace LangSmithPg.Budgets;

/// <summary>Where a number of a connection budget comes from.</summary>
public enum NumberSource
{
    /// <summary>The chart: its own values, or a constant of a template.</summary>
    Chart,

    /// <summary>The values files.</summary>
    Values,

    /// <summary>LangChain's documentation.</summary>
    Documented,

    /// <summary>This module: nobody documents it.</summary>
    Assumed,
}
