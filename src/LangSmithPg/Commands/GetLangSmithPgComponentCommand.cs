using System.Management.Automation;
using LangSmithPg.Charts;

namespace LangSmithPg.Commands;

/// <summary>Gives the workloads of the LangSmith chart that get the connection to PostgreSQL, and the values that take effect on them.</summary>
[Cmdlet(VerbsCommon.Get, "LangSmithPgComponent")]
[OutputType(typeof(ChartComponent))]
public sealed class GetLangSmithPgComponentCommand : ChartCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(GetRelease().Components, enumerateCollection: true);
}
