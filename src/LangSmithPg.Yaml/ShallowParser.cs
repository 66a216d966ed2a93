using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LangSmithPg.Yaml;

/// <summary>Stops reading a document that is nested too deeply: YamlDotNet would overflow the stack.</summary>
/// <param name="parser">What reads.</param>
sealed class ShallowParser(IParser parser) : IParser
{
    /// <summary>The most levels.</summary>
    public const int MostLevels = 1000;

    int _levels;

    /// <inheritdoc/>
    public ParsingEvent? Current => parser.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        var isMoved = parser.MoveNext();
        if (isMoved && (_levels += parser.Current!.NestingIncrease) > MostLevels)
        {
            throw new YamlException(parser.Current.Start, parser.Current.End, "The document is nested too deeply to be read.");
        }

        return isMoved;
    }
}
