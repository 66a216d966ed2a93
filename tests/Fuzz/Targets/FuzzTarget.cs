namespace LangSmithPg.Fuzz.Targets;

/// <summary>Something that reads what strangers write, and what it promises about every input.</summary>
public abstract class FuzzTarget
{
    /// <summary>Name of the target, and of its folder in the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>Words of the input's language, which mutations put in.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>Longest input in bytes.</summary>
    public virtual int MaximumLength => 4096;

    /// <summary>Most memory in bytes that may be asked for over one input.</summary>
    public virtual long MaximumMemory => 128L << 20;

    /// <summary>Most time of the processor that may be spent on one input.</summary>
    public virtual TimeSpan MaximumTime => TimeSpan.FromSeconds(1);

    /// <summary>Takes an input.</summary>
    /// <param name="input">The input.</param>
    /// <exception cref="BrokenPromiseException">A promise does not hold; any other exception is a broken one too.</exception>
    public abstract void Run(byte[] input);

    /// <summary>All targets.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new ConnectionStringTarget(), new YamlEditorTarget(), new ValuesLintTarget(), new EnvFileTarget(), new CertificateTarget(),
        new ServerRepliesTarget(), new ServerFactsTarget(), new ServerOwnershipTarget(), new ChartArchiveTarget(), new ChartTemplatesTarget(),
    ];
}
