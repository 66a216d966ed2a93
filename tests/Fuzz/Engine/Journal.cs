using System.IO.MemoryMappedFiles;

namespace LangSmithPg.Fuzz.Engine;

/// <summary>
/// What the process at work is about, in memory that outlives it: where it dies or hangs, the one that watches it knows over which
/// input.
/// </summary>
sealed class Journal : IDisposable
{
    const int Header = 64;
    const int Longest = 1 << 20;

    readonly MemoryMappedFile _file;
    readonly MemoryMappedViewAccessor _view;

    public Journal(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, mapName: null, Header + Longest);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>How many inputs have been taken.</summary>
    public long Runs
    {
        get => _view.ReadInt64(0);
        set => _view.Write(0, value);
    }

    /// <summary>How many branches they took.</summary>
    public long Edges
    {
        get => _view.ReadInt64(8);
        set => _view.Write(8, value);
    }

    /// <summary>How many inputs are worth keeping.</summary>
    public long Kept
    {
        get => _view.ReadInt64(16);
        set => _view.Write(16, value);
    }

    /// <summary>The input that is being taken.</summary>
    public byte[] Input
    {
        get
        {
            var input = new byte[_view.ReadInt32(24)];
            _view.ReadArray(Header, input, 0, input.Length);
            return input;
        }

        set
        {
            _view.Write(24, Math.Min(value.Length, Longest));
            _view.WriteArray(Header, value, 0, Math.Min(value.Length, Longest));
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
