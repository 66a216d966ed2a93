using System.Buffers;
using System.Text;

namespace LangSmithPg.Connections.Drivers;

/// <summary>
/// Text as the drivers hold it while they decode: octets, which need not be UTF-8. What is not shows as U+FFFD in the end.
/// </summary>
sealed class OctetBuffer
{
    readonly ArrayBufferWriter<byte> _octets = new();

    public void Append(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, _octets);

    public void Append(int octet) => _octets.Write([(byte)octet]);

    public override string ToString() => Encoding.UTF8.GetString(_octets.WrittenSpan);
}
