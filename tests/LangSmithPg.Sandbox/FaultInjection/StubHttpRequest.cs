using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LangSmithPg.Sandbox.FaultInjection;

/// <summary>What a client of an <see cref="StubHttpServer"/> asks. Source: RFC 9112, without chunked bodies, which no client here sends.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Target">The path with its query.</param>
/// <param name="Headers">By name, in any case.</param>
/// <param name="Body">Empty where there is none.</param>
public sealed record StubHttpRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Null when the client leaves before it has said all.</summary>
    internal static async Task<StubHttpRequest?> ReceiveAsync(Socket client, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        int head;
        while ((head = HeadLength(bytes)) < 0)
        {
            if (!await ReceiveMoreAsync())
                return null;
        }

        var lines = Encoding.ASCII.GetString([.. bytes[..head]]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var end = head + (headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0);
        while (bytes.Count < end)
        {
            if (!await ReceiveMoreAsync())
                return null;
        }

        var first = lines[0].Split(' ');
        return new(first[0], first[1], headers, Encoding.UTF8.GetString([.. bytes[head..end]]));

        async Task<bool> ReceiveMoreAsync()
        {
            var buffer = new byte[4096];
            var count = await client.ReceiveAsync(buffer, cancellationToken);
            bytes.AddRange(buffer.AsSpan(0, count));
            return count > 0;
        }
    }

    /// <summary>How many bytes the head has with its empty line; -1 where that is not there yet.</summary>
    static int HeadLength(List<byte> bytes)
    {
        var end = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes).IndexOf("\r\n\r\n"u8);
        return end < 0 ? -1 : end + 4;
    }
}
