using CsCheck;
using LangSmithPg.Documents;

namespace LangSmithPg.Yaml.Tests.Documents;

/// <summary>Random documents of hostile texts.</summary>
static class RandomDocuments
{
    const int Depth = 3;

    // Beyond this, JSON readers (and with them Helm) keep no whole numbers.
    const long MaximumNumber = 1L << 53;

    static readonly Gen<DocumentNode> Scalar = Gen.Frequency<DocumentNode>(
        (8, HostileTexts.Any.Select(text => (DocumentNode)new DocumentText(text))),
        (1, Gen.Long[-MaximumNumber, MaximumNumber].Select(number => (DocumentNode)new DocumentNumber(number))),
        (1, Gen.Bool.Select(flag => (DocumentNode)new DocumentFlag(flag))));

    /// <summary>Any document.</summary>
    public static Gen<DocumentMap> Any { get; } = Map(Depth);

    static Gen<DocumentMap> Map(int depth) => Gen.Select(HostileTexts.Any, Node(depth - 1), KeyValuePair.Create)
        .Array[0, 4].Select(entries => new DocumentMap([.. entries.DistinctBy(entry => entry.Key, StringComparer.Ordinal)]));

    static Gen<DocumentNode> Node(int depth) =>
        depth == 0 ? Scalar : Gen.Frequency(
            (3, Scalar),
            (1, Map(depth).Select(map => (DocumentNode)map)),
            (1, Node(depth - 1).Array[0, 4].Select(items => (DocumentNode)new DocumentList(items))));
}
