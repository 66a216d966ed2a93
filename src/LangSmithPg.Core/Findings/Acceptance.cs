using System.Globalization;
using LangSmithPg.Common;

namespace LangSmithPg.Findings;

/// <summary>Why a finding is accepted as it is, and until when.</summary>
public sealed record Acceptance
{
    /// <summary>Accepts a finding.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="until">The last day, or null where it has no end.</param>
    public Acceptance(string reason, DateTime? until) => (Reason, Until) = (VisibleText.Line(reason), until);

    /// <summary>Why it is accepted.</summary>
    public string Reason { get; }

    /// <summary>The last day, in UTC, on which it is accepted; null where the acceptance has no end.</summary>
    public DateTime? Until { get; }

    /// <summary>The last day as reports write it: <c>2027-03-31</c>, or <c>never</c> where there is none.</summary>
    internal string UntilText => Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never";

    /// <inheritdoc/>
    public override string ToString() => Until is null ? $"Accepted without an end: {Reason}" : $"Accepted until {UntilText}: {Reason}";
}
