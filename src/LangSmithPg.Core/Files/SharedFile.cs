using System.Text;

namespace LangSmithPg.Files;

/// <summary>
/// Reads files that other programs may have open, write, replace or delete meanwhile. On Windows, .NET's own readers refuse a file that is
/// open for writing, and keep others from replacing it.
/// </summary>
public static class SharedFile
{
    /// <summary>Opens a file for reading, and lets others do what they like with it.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <exception cref="IOException">The file is not there, or another program keeps it to itself.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static FileStream OpenRead(string path) => SharingRetry.Run(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>Reads a file as bytes.</summary>
    /// <inheritdoc cref="OpenRead" path="/param"/>
    /// <inheritdoc cref="OpenRead" path="/exception"/>
    public static byte[] ReadAllBytes(string path)
    {
        using var stream = OpenRead(path);
        // Pipes and the files of /proc have no length that counts.
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Reads a file as text: UTF-8, or what its byte order mark says.</summary>
    /// <inheritdoc cref="OpenRead" path="/param"/>
    /// <inheritdoc cref="OpenRead" path="/exception"/>
    public static string ReadAllText(string path)
    {
        using var reader = new StreamReader(OpenRead(path), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
