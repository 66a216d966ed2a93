using System.Text.Json.Serialization;

namespace LangSmithPg.Reports.Sarif;

/// <summary>What this module writes of SARIF 2.1.0.</summary>
sealed record SarifLog([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs);

sealed record SarifRun(SarifTool Tool, SarifAutomation AutomationDetails, string ColumnKind, IReadOnlyList<SarifResult> Results);

sealed record SarifTool(SarifDriver Driver);

sealed record SarifDriver(string Name, string Version, string SemanticVersion, string InformationUri, IReadOnlyList<SarifRule> Rules);

sealed record SarifAutomation(SarifText Description);

sealed record SarifRule(string Id, SarifText ShortDescription, SarifText FullDescription, SarifText Help, string HelpUri, SarifConfiguration DefaultConfiguration);

sealed record SarifConfiguration(string Level);

sealed record SarifText(string Text);

sealed record SarifResult(
    string RuleId, int RuleIndex, string Level, SarifText Message, IReadOnlyList<SarifLocation> Locations, IReadOnlyDictionary<string, string> PartialFingerprints,
    IReadOnlyList<SarifSuppression>? Suppressions);

sealed record SarifSuppression(string Kind, string Status, string Justification);

sealed record SarifLocation(SarifPhysicalLocation PhysicalLocation, IReadOnlyList<SarifLogicalLocation>? LogicalLocations);

sealed record SarifPhysicalLocation(SarifArtifact ArtifactLocation, SarifRegion Region);

sealed record SarifArtifact(string Uri);

sealed record SarifRegion(int StartLine, int StartColumn);

sealed record SarifLogicalLocation(string Name, string FullyQualifiedName, string Kind);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SarifLog))]
sealed partial class SarifContext : JsonSerializerContext;
