namespace LangSmithPg.Fuzz.Engine;

/// <summary>Where the work on a target lies: the inputs worth keeping, the finds, and the journal.</summary>
sealed class WorkFolder
{
    readonly string _corpus;

    public WorkFolder(string root, string corpus, string target)
    {
        Root = Path.GetFullPath(Path.Combine(root, target));
        _corpus = Path.Combine(corpus, target);
        Directory.CreateDirectory(Queue);
    }

    public string Root { get; }

    public string Finds => Path.Combine(Root, "finds");

    public string Journal => Path.Combine(Root, "journal");

    string Queue => Path.Combine(Root, "queue");

    /// <summary>The inputs to begin with: the kept corpus, and what earlier work found.</summary>
    public IEnumerable<byte[]> Inputs() =>
        new[] { _corpus, Queue }.Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder).Order(StringComparer.Ordinal)).Select(File.ReadAllBytes);

    /// <summary>Keeps an input.</summary>
    public void Keep(byte[] input) => File.WriteAllBytes(Path.Combine(Queue, FindLog.Hash(input)), input);
}
