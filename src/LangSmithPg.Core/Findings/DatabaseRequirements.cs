using LangSmithPg.Connections;

namespace LangSmithPg.Findings;

/// <summary>What a database of a LangSmith release asks of PostgreSQL.</summary>
sealed record DatabaseRequirements
{
    const int VCpus = 2;
    const long Gibibyte = 1L << 30;

    static readonly Uri SmithDb = new("https://docs.langchain.com/langsmith/self-host-smithdb-infrastructure");

    static readonly DatabaseRequirements LangSmith = new()
    {
        Product = "LangSmith",
        // Every pod keeps a pool, and the default install has about a dozen pods that connect. This module's own estimate.
        LeastConnections = 12,
        ComfortableConnections = 50,
        MinimumMajorVersion = Requirements.MinimumMajorVersion,
        Extensions = Requirements.Extensions,
        MinimumVCpus = VCpus,
        MinimumMemory = 8 * Gibibyte,
    };

    // They support what the chart installs for them.
    static readonly DatabaseRequirements Agent = new() { Product = "The agents", MinimumMajorVersion = Requirements.MinimumMajorVersion, LeastConnections = 2, ComfortableConnections = 2 };

    // Source of the extension: LangChain's Terraform modules.
    static readonly DatabaseRequirements Fleet = Agent with { Product = "Fleet", Extensions = ["ltree"] };

    static readonly DatabaseRequirements Insights = Agent with { Product = "Insights" };

    static readonly DatabaseRequirements Polly = Agent with { Product = "Polly" };

    static readonly DatabaseRequirements Metastore = new()
    {
        Product = "SmithDB's metastore",
        MinimumMajorVersion = 18,
        IsDedicated = true,
        LeastConnections = 5,
        ComfortableConnections = 5,
        HasCertificateSettings = false,
        MinimumVCpus = VCpus,
        MinimumMemory = 16 * Gibibyte,
        Documentation = SmithDb,
    };

    static readonly DatabaseRequirements TaskDb = new() { Product = "SmithDB's task database", HasCertificateSettings = false, Documentation = SmithDb };

    static readonly DatabaseRequirements NotKnown = new() { Product = "The product" };

    /// <summary>Those of a database.</summary>
    /// <param name="purpose">What it is for.</param>
    public static DatabaseRequirements Of(DatabasePurpose purpose) => purpose switch
    {
        DatabasePurpose.LangSmith => LangSmith,
        DatabasePurpose.Fleet => Fleet,
        DatabasePurpose.Insights => Insights,
        DatabasePurpose.Polly => Polly,
        DatabasePurpose.SmithDbMetastore => Metastore,
        DatabasePurpose.SmithDbTaskDb => TaskDb,
        _ => NotKnown,
    };

    /// <summary>Who needs it, as the subject of a sentence.</summary>
    public required string Product { get; init; }

    /// <summary>The oldest major version that is supported; null where none is documented.</summary>
    public int? MinimumMajorVersion { get; init; }

    /// <summary>The extensions that its migrations create.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Whether it needs a server without other databases, and must be empty at first.</summary>
    public bool IsDedicated { get; init; }

    /// <summary>Whether the chart can mount a CA certificate and a client certificate in its pods.</summary>
    public bool HasCertificateSettings { get; init; } = true;

    /// <summary>How many connections its pods need at least: one each.</summary>
    public int LeastConnections { get; init; } = 1;

    /// <summary>How many they may need; the same where no estimate is known.</summary>
    public int ComfortableConnections { get; init; } = 1;

    /// <summary>The number of vCPUs that are recommended, or null.</summary>
    public int? MinimumVCpus { get; init; }

    /// <summary>The memory in bytes that is recommended, or null.</summary>
    public long? MinimumMemory { get; init; }

    /// <summary>Where this is documented.</summary>
    public Uri Documentation { get; init; } = Requirements.Documentation;
}
