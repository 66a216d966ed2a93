using System.Buffers.Binary;
using System.Text;

namespace LangSmithPg.Postgres.Tests;

/// <summary>Messages of a PostgreSQL server. Source: PostgreSQL documentation, "Message Formats".</summary>
static class Protocol
{
    /// <summary>Ends a login and every answer.</summary>
    public static readonly byte[] ReadyForQuery = Message('Z', "I"u8);

    /// <summary>Asks for the password in clear text.</summary>
    public static readonly byte[] AskForPassword = Message('R', [0, 0, 0, 3]);

    /// <summary>Asks for the password as an MD5 hash.</summary>
    public static readonly byte[] AskForHash = Message('R', [0, 0, 0, 5, 1, 2, 3, 4]);

    /// <summary>Asks for a login by GSSAPI.</summary>
    public static readonly byte[] AskForGss = Message('R', [0, 0, 0, 7]);

    /// <summary>The password is right.</summary>
    public static readonly byte[] Welcome = Message('R', [0, 0, 0, 0]);

    public static byte[] Parameter(string name, string value) => Message('S', Encoding.UTF8.GetBytes($"{name}\0{value}\0"));

    public static byte[] Error(string sqlState, string message, string detail) =>
        Message('E', Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0C{sqlState}\0M{message}\0D{detail}\0\0"));

    /// <summary>An error with the function that reports it.</summary>
    public static byte[] Refusal(string sqlState, string message, string? routine) =>
        Message('E', Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0C{sqlState}\0M{message}\0{(routine is null ? "" : $"Fx.c\0L1\0R{routine}\0")}\0"));

    /// <summary>Asks for a login by one of these mechanisms of SASL.</summary>
    public static byte[] AskForSasl(params string[] mechanisms) =>
        Message('R', [0, 0, 0, 10, .. mechanisms.SelectMany(mechanism => Encoding.UTF8.GetBytes(mechanism).Append((byte)0)), 0]);

    static byte[] Message(char type, ReadOnlySpan<byte> body)
    {
        var message = new byte[5 + body.Length];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + body.Length);
        body.CopyTo(message.AsSpan(5));
        return message;
    }
}
