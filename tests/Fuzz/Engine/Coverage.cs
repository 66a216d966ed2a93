using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace LangSmithPg.Fuzz.Engine;

/// <summary>Which branches an input takes and how often, as AFL counts it: the instrumented code counts in a map of 64 KB.</summary>
sealed unsafe class Coverage
{
    const int Size = 1 << 16;

    readonly byte* _map = (byte*)NativeMemory.AllocZeroed(Size);
    readonly byte[] _seen = new byte[Size];

    /// <summary>Gives the map to the instrumented code.</summary>
    public Coverage() => Trace.SharedMem = _map;

    /// <summary>How many branches any input has taken so far.</summary>
    public int Edges { get; private set; }

    /// <summary>Forgets the last input.</summary>
    public void Clear()
    {
        new Span<byte>(_map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Takes the counts of the last input in.</summary>
    /// <returns>Whether there is something that no input before it did.</returns>
    public bool Learn()
    {
        var isNew = false;
        foreach (var (place, bucket) in Taken())
        {
            Edges += _seen[place] == 0 ? 1 : 0;
            isNew |= (_seen[place] & bucket) == 0;
            _seen[place] |= bucket;
        }

        return isNew;
    }

    /// <summary>What the last input did: places of the map, with a bit for how often.</summary>
    public List<(int Place, byte Bucket)> Taken()
    {
        List<(int, byte)> taken = [];
        var words = new ReadOnlySpan<ulong>(_map, Size / sizeof(ulong));
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] != 0)
            {
                for (var place = word * sizeof(ulong); place < (word + 1) * sizeof(ulong); place++)
                {
                    if (_map[place] != 0)
                    {
                        taken.Add((place, Bucket(_map[place])));
                    }
                }
            }
        }

        return taken;
    }

    // 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128 and more: what differs by one in a long loop is the same.
    static byte Bucket(byte count) => (byte)(1 << (count <= 3 ? count - 1 : Math.Min(7, BitOperations.Log2(count) + 1 - (count >= 64 ? 1 : 0))));
}
