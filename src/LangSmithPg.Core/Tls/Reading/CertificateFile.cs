using System.Text;
using LangSmithPg.Files;

namespace LangSmithPg.Tls.Reading;

/// <summary>What a file or other source of certificates holds, as text or as bytes.</summary>
sealed class CertificateFile
{
    // All public authorities together take a quarter of a megabyte.
    const int MaximumLength = 4 * 1024 * 1024;

    CertificateFile(string source, byte[] bytes)
    {
        Source = source;
        Bytes = bytes;
        Text = ToText(bytes);
    }

    /// <summary>The file's path, or what else the certificates come from.</summary>
    public string Source { get; }

    /// <summary>The bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>The text, or null when the bytes are none.</summary>
    public string? Text { get; }

    /// <summary>Whether there are PEM blocks in it.</summary>
    public bool IsPem => Text?.Contains("-----BEGIN ", StringComparison.Ordinal) == true;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CertificateException">The file is not there, cannot be read, is empty or too large.</exception>
    public static CertificateFile Open(string path)
    {
        try
        {
            return From(SharedFile.ReadAllBytes(path, MaximumLength), path);
        }
        catch (FileTooLargeException)
        {
            throw TooLarge(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CertificateException(CertificateProblemKind.FileNotFound, path, "The file does not exist.", "Check the path.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException(
                CertificateProblemKind.FileUnreadable, path, $"The file cannot be read: {exception.Message}", "Check its permissions.");
        }
    }

    /// <summary>Takes bytes for a file.</summary>
    /// <exception cref="CertificateException">There are none, or too many.</exception>
    public static CertificateFile From(byte[] bytes, string source) => bytes.Length switch
    {
        > MaximumLength => throw TooLarge(source),
        0 => throw Empty(source),
        _ => new CertificateFile(source, bytes) is var file && file.Text is { } text && string.IsNullOrWhiteSpace(text) ? throw Empty(source) : file,
    };

    static CertificateException Empty(string source) =>
        new(CertificateProblemKind.FileEmpty, source, "The file is empty.", "Export the certificate again.");

    static CertificateException TooLarge(string source) => new(
        CertificateProblemKind.FileTooLarge, source, $"The file is larger than {MaximumLength / 1024 / 1024} MiB.",
        "Specify only the CA certificates that are needed.");

    // Windows writes UTF-16 with a byte order mark where somebody redirects a command into a file.
    static string? ToText(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes, 2, bytes.Length - 2);
        }

        var text = bytes.AsSpan(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0);
        // PEM is ASCII, but the text around it may be anything; DER always has bytes that no text has.
        return text.Contains((byte)0) ? null : Encoding.Latin1.GetString(text);
    }
}
