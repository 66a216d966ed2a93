using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace LangSmithPg.Sandbox.FaultInjection;

/// <summary>One direction of a proxied connection. Every byte comes late by the same time, so the delay costs no throughput.</summary>
sealed class DelayedPipe(Socket from, Socket to, TimeSpan delay, Gate gate, Action<int> count, long breakAfter, Action<Socket> breakOff)
{
    readonly Channel<Chunk> _underWay = Channel.CreateBounded<Chunk>(256);
    long _left = breakAfter;

    internal Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(ReceiveAsync(cancellationToken), SendAsync(cancellationToken));

    async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var length)
            {
                var chunk = new Chunk(buffer.AsSpan(0, length).ToArray(), Stopwatch.GetTimestamp());
                await _underWay.Writer.WriteAsync(chunk, cancellationToken);
            }
            _underWay.Writer.Complete();
        }
        catch (Exception e)
        {
            _underWay.Writer.Complete(e);
            throw;
        }
    }

    async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var chunk in _underWay.Reader.ReadAllAsync(cancellationToken))
        {
            // Never early: a timer counts whole milliseconds, and drops the rest.
            while (delay - Stopwatch.GetElapsedTime(chunk.Received) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), cancellationToken);
            await gate.PassAsync(cancellationToken);
            var length = (int)Math.Min(_left, chunk.Bytes.Length);
            var isLast = (_left -= length) <= 0;
            // The sender first: no answer to the last bytes may slip through.
            if (isLast)
                breakOff(from);
            await to.SendAsync(chunk.Bytes.AsMemory(0, length), cancellationToken);
            count(length);
            if (!isLast)
                continue;
            breakOff(to);
            return;
        }
        to.Shutdown(SocketShutdown.Send);
    }

    readonly record struct Chunk(byte[] Bytes, long Received);
}
