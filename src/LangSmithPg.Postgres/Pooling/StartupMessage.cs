using System.Buffers.Binary;
using System.Text;

namespace LangSmithPg.Postgres.Pooling;

/// <summary>The first packets of PostgreSQL's protocol. Source: PostgreSQL documentation, "Message Formats".</summary>
static class StartupMessage
{
    const int ProtocolVersion = 3 << 16;
    const int SslRequestCode = 80877103;

    /// <summary>Asks for TLS; the server answers with one byte.</summary>
    public static byte[] SslRequest()
    {
        var packet = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(packet, packet.Length);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(4), SslRequestCode);
        return packet;
    }

    /// <summary>Opens a session with these parameters.</summary>
    public static byte[] Create(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var packet = new List<byte>(new byte[8]);
        foreach (var (name, value) in parameters)
        {
            packet.AddRange([.. Encoding.UTF8.GetBytes(name), 0, .. Encoding.UTF8.GetBytes(value), 0]);
        }

        packet.Add(0);
        var bytes = packet.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), ProtocolVersion);
        return bytes;
    }
}
