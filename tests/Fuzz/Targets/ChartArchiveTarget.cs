using System.IO.Compression;
using LangSmithPg.Charts.Reading;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>Archives of charts. Where the first byte of the input is even, the rest is packed first: what is damaged once packed is soon found out.</summary>
sealed class ChartArchiveTarget : FuzzTarget
{
    public override string Name => "chart-archives";

    public override int MaximumLength => 16_384;

    // .NET takes the length of an extended header on trust, up to 2 GB, and asks for a buffer of that size.
    public override long MaximumMemory => 5L << 30;

    public override IReadOnlyList<string> Words { get; } =
    [
        "chart/Chart.yaml", "chart/values.yaml", "chart/templates/a.yaml", "../../etc/passwd", "/etc/passwd", "ustar\u000000", "ustar  \0", "././@LongLink", "PaxHeader", "path=chart/Chart.yaml\n", "0000644\0",
        "77777777777\0", "00000000012\0", "\0\0\0\0\0\0\0\0", "L", "x", "g", "2", "5",
    ];

    public override void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        using var file = new ScratchFile(input[0] % 2 == 0 ? Pack(input.AsSpan(1)) : input.AsSpan(1));
        try
        {
            var chart = ChartFiles.Read(file.Path);
            Promise.Holds(chart.ChartYaml.Length + chart.ValuesYaml.Length + chart.Templates.Values.Sum(text => text.Length) <= 64 << 20, "It takes in more than it may.");
        }
        catch (InvalidDataException exception)
        {
            Promise.IsHarmless(exception.Message.Replace(file.Path, "", StringComparison.Ordinal));
        }
    }

    static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
