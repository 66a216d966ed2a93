using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether LangSmith could not report how many traces it received.</summary>
sealed class TraceRule() : HealthRule<TraceFacts>(
    "Health.FailedTraces", "LangSmith does not report rows again that are in status failed: the usage that LangChain knows of is too small.", "", facts => facts.Traces)
{
    static readonly Uri Page = new("https://docs.langchain.com/langsmith/self-host-egress");

    protected override Finding Evaluate(HealthInput input, TraceFacts facts, Finding finding)
    {
        finding = finding with { Source = Page };
        return facts switch
        {
            { IsReadable: null } => finding with { Status = FindingStatus.NotApplicable, Message = "The schema has no table trace_count_transactions." },
            { IsReadable: false } => finding with
            {
                Message = $"Role {input.Server.Role.Name} may not read table trace_count_transactions.",
                Fix = Remedy.Sql($"GRANT USAGE ON SCHEMA {Sql.SqlIdentifier.Quote(input.Connection.Schema)} TO {input.QuotedRole};\nGRANT SELECT ON {HealthText.Sql(input.Connection.Schema, "trace_count_transactions")} TO {input.QuotedRole}; -- as its owner"),
            },
            { Failed: null } => finding with { Message = "Table trace_count_transactions is too large to be searched without an index." },
            { Failed: 0 } => Pass(finding, "No count of traces is in status failed."),
            { Failed: var failed } => finding with
            {
                Status = FindingStatus.Warning,
                Message = $"{(failed >= TraceFacts.MostCounted ? $"{TraceFacts.MostCounted} or more counts" : Listing.Count(failed!.Value, "count"))} of traces could not be reported to LangChain.",
                Fix = "Check the egress to https://beacon.langchain.com, and ask LangChain's support for the query that reports them again.",
            },
        };
    }
}
