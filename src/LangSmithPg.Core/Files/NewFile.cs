using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Text;

namespace LangSmithPg.Files;

/// <summary>Writes files whole or not at all, as UTF-8 without a byte order mark.</summary>
static class NewFile
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Throws where a device, a pipe or a socket has a path: a file that takes its place takes it away from whoever uses it.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="NotAFileException">One has it.</exception>
    public static void RequireFile(string path) => RegularFile.Require(path);

    /// <summary>Writes a text beside its place and moves it there in one step.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="text">The text.</param>
    /// <param name="ownerOnly">Whether nobody but the owner may read it. It is so from the first byte on.</param>
    /// <param name="replace">Whether an existing file is replaced.</param>
    /// <param name="cancellationToken">Ends the waiting for others who have the file open.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    /// <exception cref="NotAFileException">A device, a pipe or a socket has the path.</exception>
    /// <exception cref="IOException">The file exists and is not to be replaced, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended; nothing is written.</exception>
    public static void Write(string path, string text, bool ownerOnly, bool replace, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            // Before the system says it of the temporary file, which nobody knows.
            throw new DirectoryNotFoundException($"The folder for '{path}' does not exist.");
        }

        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder.");
        }

        RegularFile.Require(path);
        WriteBeside(path, Utf8.GetBytes(text), ownerOnly, (stream, temporary) =>
        {
            stream.Dispose();
            if (replace || OperatingSystem.IsWindows() || !HardLink.TryCreate(temporary, path))
            {
                SharingRetry.Run(() => File.Move(temporary, path, replace), cancellationToken);
            }
        });
    }

    /// <summary>Replaces a file by other bytes in one step, and gives them its permissions.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="verify">Called at the last moment: gives the old file, open, or throws to leave everything as it is.</param>
    /// <param name="cancellationToken">Ends the waiting for others who have the file open.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended; nothing is written.</exception>
    internal static void Replace(string path, byte[] bytes, Func<FileStream> verify, CancellationToken cancellationToken) =>
        // What it may come to hold is nobody else's, until it takes on the permissions of the old file.
        WriteBeside(path, bytes, ownerOnly: true, (stream, temporary) =>
        {
            using var turn = FileLock.Take(path, cancellationToken);
            if (OperatingSystem.IsWindows())
            {
                stream.Dispose();
                ReplaceOnWindows(temporary, path, verify, cancellationToken);
                return;
            }

            using (var old = verify())
            {
                FilePermissions.Copy(stream.SafeFileHandle, old.SafeFileHandle, path);
            }

            // Before others find it under its name: to .NET, it is its writer's alone while it is open.
            stream.Dispose();
            File.Move(temporary, path, overwrite: true);
        });

    // Keeps the access rules of the old file. That has a name of its own until it is deleted: without one, Windows makes up names, and leaves
    // files under them where it fails.
    [SupportedOSPlatform("windows")]
    static void ReplaceOnWindows(string temporary, string path, Func<FileStream> verify, CancellationToken cancellationToken)
    {
        var old = Path.ChangeExtension(temporary, ".old.tmp");
        try
        {
            SharingRetry.Run(
                () =>
                {
                    verify().Dispose();
                    try
                    {
                        File.Replace(temporary, path, old);
                    }
                    catch when (File.Exists(old) && !File.Exists(path))
                    {
                        // Windows may rename the old file and then fail with the new one (ERROR_UNABLE_TO_MOVE_REPLACEMENT_2).
                        SharingRetry.Run(() => File.Move(old, path));
                        throw;
                    }
                },
                cancellationToken);
        }
        finally
        {
            if (File.Exists(path))
            {
                Delete(old);
            }
        }
    }

    /// <summary>Makes a file with the permissions of another.</summary>
    /// <param name="path">Full path of the file, which is not there yet.</param>
    /// <param name="bytes">What it holds.</param>
    /// <param name="from">The other file, open.</param>
    /// <param name="fromPath">Full path of the other file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    internal static void WriteLike(string path, byte[] bytes, FileStream from, string fromPath) => WriteBeside(path, bytes, ownerOnly: true, (stream, temporary) =>
    {
        if (!OperatingSystem.IsWindows())
        {
            FilePermissions.Copy(stream.SafeFileHandle, from.SafeFileHandle, fromPath);
        }

        stream.Dispose();
        if (OperatingSystem.IsWindows())
        {
            FilePermissions.Copy(temporary, fromPath);
        }

        File.Move(temporary, path, overwrite: false);
    });

    // In the same folder, as only there a file is moved in one step. A process that is killed leaves it behind, for its owner alone where
    // it may hold a secret.
    static void WriteBeside(string path, byte[] bytes, bool ownerOnly, Action<FileStream, string> finish)
    {
        // Its own name, as a longer one than the file's may be longer than a name can be.
        var temporary = Path.Join(Path.GetDirectoryName(path), $"langsmithpg-{Guid.NewGuid():N}.tmp");
        try
        {
            using var stream = Create(temporary, ownerOnly);
            stream.Write(bytes);
            DiskFlush.Run(stream, path);
            finish(stream, temporary);
        }
        catch (IOException exception) when (exception.Message.Contains(temporary, StringComparison.Ordinal))
        {
            // Of the file that was asked for: nobody knows the other.
            throw new IOException(exception.Message.Replace(temporary, path, StringComparison.Ordinal), exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException(exception.Message.Replace(temporary, path, StringComparison.Ordinal), exception);
        }
        finally
        {
            Delete(temporary);
        }
    }

    // Where the folder is gone or closed meanwhile, the error before this one tells.
    static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    static FileStream Create(string path, bool ownerOnly)
    {
        if (!ownerOnly)
        {
            return new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }

        return OperatingSystem.IsWindows()
            ? CreateForOwnerOnWindows(path)
            : new(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
    }

    [SupportedOSPlatform("windows")]
    static FileStream CreateForOwnerOnWindows(string path) => new FileInfo(path).Create(
        FileMode.CreateNew, FileSystemRights.Write, FileShare.None, bufferSize: 4096, FileOptions.None, WindowsAccess.OwnerOnly());
}
