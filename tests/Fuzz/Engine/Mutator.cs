using System.Text;

namespace LangSmithPg.Fuzz.Engine;

/// <summary>Changes inputs at random, a few changes at a time: bytes, stretches, words of the target's language, pieces of other inputs.</summary>
sealed class Mutator(Random random, IReadOnlyList<string> words, int maximumLength)
{
    static readonly byte[] Telling = [0, 1, 9, 10, 13, 27, 32, 34, 39, 47, 58, 64, 92, 127, 128, 255];

    readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    /// <summary>A changed copy of an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="other">Another one, to take pieces from.</param>
    public byte[] Change(byte[] input, byte[] other)
    {
        List<byte> bytes = [.. input];
        for (var left = 1 << random.Next(5); left > 0; left--)
        {
            ChangeOnce(bytes, other);
        }

        return bytes.Count <= maximumLength ? [.. bytes] : [.. bytes.Take(maximumLength)];
    }

    void ChangeOnce(List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        var isIn = at < bytes.Count;
        switch (random.Next(13))
        {
            case 0 when isIn:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when isIn:
                bytes[at] = Any();
                break;
            case 2 when isIn:
                bytes[at] = (byte)(bytes[at] + random.Next(-16, 17));
                break;
            case 3:
                bytes.Insert(at, Any());
                break;
            case 4 or 5 when isIn:
                bytes.RemoveRange(at, Length(bytes.Count - at));
                break;
            case 6 when isIn:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, Length(bytes.Count - at)));
                break;
            case 7 or 8 when _words.Length > 0:
                bytes.InsertRange(at, _words[random.Next(_words.Length)]);
                break;
            case 9 when _words.Length > 0:
                Overwrite(bytes, at, _words[random.Next(_words.Length)]);
                break;
            case 10 when other.Length > 0:
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..(from + Length(other.Length - from))]);
                break;
            case 11 when other.Length > 0:
                // The beginning of one and the end of another.
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[random.Next(other.Length)..]);
                break;
            case 12 when isIn && bytes.Count + 64 < maximumLength:
                bytes.InsertRange(at, Enumerable.Repeat(bytes[at], 1 << random.Next(7)));
                break;
        }
    }

    byte Any() => random.Next(4) switch
    {
        0 => Telling[random.Next(Telling.Length)],
        1 => (byte)random.Next(256),
        _ => (byte)random.Next(32, 127),
    };

    // Short ones are likelier.
    int Length(int most) => 1 + random.Next(Math.Min(most, 1 << random.Next(1, 12)));

    static void Overwrite(List<byte> bytes, int at, byte[] word)
    {
        bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
        bytes.InsertRange(at, word);
    }
}
