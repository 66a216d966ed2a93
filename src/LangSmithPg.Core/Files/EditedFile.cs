using System.Text;

namespace LangSmithPg.Files;

/// <summary>
/// A text file that is read, changed and written back: whole or not at all, with its permissions, through symbolic links, and only if
/// nobody else changed it meanwhile.
/// </summary>
sealed class EditedFile
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly byte[]? _bytes;

    EditedFile(string path, byte[]? bytes, string text)
    {
        Path = path;
        _bytes = bytes;
        Text = text;
    }

    /// <summary>Full path of the file itself, where a link led to it.</summary>
    public string Path { get; }

    /// <summary>Its text, with its byte order mark; empty when there is no such file.</summary>
    public string Text { get; }

    /// <summary>Whether the file was there.</summary>
    public bool Exists => _bytes is not null;

    /// <summary>
    /// Whether others than its owner may read it: its group or everybody; on Windows, anybody but its owner, the system and the administrators.
    /// </summary>
    public bool IsReadByOthers => Exists && FilePermissions.AllowOthers(Path);

    /// <summary>Reads a file, or makes a new one of a path where there is none.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="isEdited">Whether it is to be written; what is only read may be a pipe, such as a shell makes of a command.</param>
    /// <exception cref="FileEditException">The file is too large, or not written in UTF-8.</exception>
    /// <exception cref="NotAFileException">It is to be written, and is a device, a pipe or a socket.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static EditedFile Open(string path, bool isEdited = true)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (isEdited)
        {
            RegularFile.Require(path);
        }

        path = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        if (Read(path, isEdited) is not { } bytes)
        {
            return new(path, bytes: null, "");
        }

        try
        {
            return bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
                ? throw new FileEditException(FileProblemKind.NotUtf8, "The file is encoded in UTF-16.", "Save it as UTF-8.")
                : new(path, bytes, Utf8.GetString(bytes));
        }
        catch (DecoderFallbackException exception)
        {
            throw bytes.Contains((byte)0)
                ? new FileEditException(FileProblemKind.NotUtf8, "The file is not a text file.", "Specify a text file.")
                : new FileEditException(FileProblemKind.NotUtf8, $"The file is not valid UTF-8 at byte {exception.Index + 1}.", "Save it as UTF-8.");
        }
    }

    /// <summary>Writes another text in its place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ownerOnly">Whether nobody but the owner may read a new file; an existing one keeps its permissions.</param>
    /// <param name="backup">Whether to keep a copy of the old file beside it.</param>
    /// <param name="cancellationToken">Ends the waiting for others who have the file open.</param>
    /// <returns>Path of the copy, or null.</returns>
    /// <exception cref="FileEditException">Somebody changed or deleted the file meanwhile.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or folder may not be written.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended; nothing is written.</exception>
    public string? Write(string text, bool ownerOnly, bool backup, CancellationToken cancellationToken = default)
    {
        if (!Exists)
        {
            NewFile.Write(Path, text, ownerOnly, replace: false, cancellationToken);
            return null;
        }

        if (FilePermissions.IsReadOnly(Path))
        {
            throw new UnauthorizedAccessException($"The file '{Path}' is read-only.");
        }

        // Before the copy, which would be all that is left of it.
        string? copy;
        using (var unchanged = OpenUnchanged())
        {
            copy = backup ? KeepCopy(unchanged) : null;
        }

        NewFile.Replace(Path, Utf8.GetBytes(text), OpenUnchanged, cancellationToken);
        return copy;
    }

    // Null where there is none. On Windows a file that is being replaced has no name for a moment: whoever does that is waited for.
    static byte[]? Read(string path, bool isEdited)
    {
        using var file = TryOpen(path, isEdited) ?? (OperatingSystem.IsWindows() ? OpenInTurn(path) : null);
        return file is null ? null : ReadWhole(file, path);
    }

    static FileStream? OpenInTurn(string path)
    {
        using var turn = FileLock.Take(path, CancellationToken.None);
        return TryOpen(path);
    }

    static FileStream? TryOpen(string path, bool isEdited = true)
    {
        try
        {
            return !File.Exists(path) ? null : isEdited ? RegularFile.OpenRead(path) : SharedFile.OpenRead(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    static byte[] ReadWhole(FileStream file, string path)
    {
        try
        {
            return SharedFile.ReadAllBytes(file, path, SharedFile.MostBytes);
        }
        catch (FileTooLargeException exception)
        {
            throw new FileEditException(FileProblemKind.FileTooLarge, exception.Message, "Check the path.");
        }
    }

    // The file as it was read. What it holds and who may do what with it is asked of the same one, whatever stands in its place by then.
    FileStream OpenUnchanged()
    {
        var file = TryOpen(Path) ?? throw new FileEditException(
            FileProblemKind.FileChanged, "Another program moved or deleted the file in the meantime; nothing was written.", "Run the command again.");
        try
        {
            return ReadWhole(file, Path).AsSpan().SequenceEqual(_bytes)
                ? file
                : throw new FileEditException(FileProblemKind.FileChanged, "Another program changed the file in the meantime; nothing was written.", "Run the command again.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // An older copy stays.
    string KeepCopy(FileStream from)
    {
        for (var number = 0; ; number++)
        {
            var copy = $"{Path}.bak{(number > 0 ? number : "")}";
            if (!File.Exists(copy))
            {
                NewFile.WriteLike(copy, _bytes!, from, Path);
                return copy;
            }
        }
    }
}
