using System.Text;

namespace LangSmithPg.Files;

/// <summary>
/// Reads files that other programs may have open, write, replace or delete meanwhile. On Windows, .NET's own readers refuse a file that is
/// open for writing, and keep others from replacing it.
/// </summary>
static class SharedFile
{
    /// <summary>The most that is read of a file where nobody says another limit: devices and pipes do not say how much they hold.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    const int BufferSize = 64 * 1024;

    /// <summary>Opens a file for reading, and lets others do what they like with it.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <exception cref="IOException">The file is not there, or another program keeps it to itself.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static FileStream OpenRead(string path) => SharingRetry.Run(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>Reads a file as bytes.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="mostBytes">The most that it may hold.</param>
    /// <exception cref="FileTooLargeException">It holds more.</exception>
    /// <exception cref="IOException">The file is not there, or another program keeps it to itself.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static byte[] ReadAllBytes(string path, int mostBytes = MostBytes)
    {
        using var stream = OpenRead(path);
        return ReadAllBytes(stream, path, mostBytes);
    }

    /// <summary>Reads a file as text: UTF-8, or what its byte order mark says.</summary>
    /// <inheritdoc cref="ReadAllBytes(string, int)" path="/param"/>
    /// <inheritdoc cref="ReadAllBytes(string, int)" path="/exception"/>
    public static string ReadAllText(string path, int mostBytes = MostBytes)
    {
        using var reader = new StreamReader(new MemoryStream(ReadAllBytes(path, mostBytes)), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    // Whatever the size says: pipes, devices and the files of /proc have none that counts.
    internal static byte[] ReadAllBytes(Stream stream, string path, int mostBytes)
    {
        using var content = new MemoryStream();
        var buffer = new byte[BufferSize];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (content.Length + read > mostBytes)
            {
                throw new FileTooLargeException($"The file '{path}' is larger than {mostBytes / 1024 / 1024} MiB.");
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
