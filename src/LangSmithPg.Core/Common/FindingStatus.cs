namespace LangSmithPg.Common;

/// <summary>How a finding came out, best first.</summary>
public enum FindingStatus
{
    /// <summary>The question does not arise here.</summary>
    NotApplicable,

    /// <summary>As LangSmith needs it.</summary>
    Pass,

    /// <summary>It cannot be told from here; never to be taken for a pass.</summary>
    Unknown,

    /// <summary>LangSmith will run, but somebody should look.</summary>
    Warning,

    /// <summary>LangSmith will not install or run.</summary>
    Fail,
}
