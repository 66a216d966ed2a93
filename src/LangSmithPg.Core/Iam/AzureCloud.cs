namespace LangSmithPg.Iam;

/// <summary>A cloud of Azure, by the name that Connect-AzAccount and <c>az cloud</c> give it.</summary>
public enum AzureCloud
{
    /// <summary>The public one.</summary>
    AzureCloud,

    /// <summary>That of the government of the United States.</summary>
    AzureUSGovernment,

    /// <summary>That of China.</summary>
    AzureChinaCloud,
}
