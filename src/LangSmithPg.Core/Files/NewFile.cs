using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using System.Text;

namespace LangSmithPg.Files;

/// <summary>Writes files whole or not at all, as UTF-8 without a byte order mark.</summary>
public static class NewFile
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a text beside its place and moves it there in one step.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="text">The text.</param>
    /// <param name="ownerOnly">Whether nobody but the owner may read it. It is so from the first byte on.</param>
    /// <param name="replace">Whether an existing file is replaced.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    /// <exception cref="IOException">The file exists and is not to be replaced, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public static void Write(string path, string text, bool ownerOnly, bool replace)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            // Before the system says it of the temporary file, which nobody knows.
            throw new DirectoryNotFoundException($"There is no folder for '{path}'.");
        }

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = Create(temporary, ownerOnly))
            {
                stream.Write(Utf8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            if (replace || OperatingSystem.IsWindows() || !HardLink.TryCreate(temporary, path))
            {
                File.Move(temporary, path, replace);
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Replaces a file by other bytes in one step, and gives them its permissions.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="verify">Called at the last moment; throws to leave everything as it is.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    internal static void Replace(string path, byte[] bytes, Action verify)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            // What it may come to hold is nobody else's, until it takes on the permissions of the old file.
            using (var stream = Create(temporary, ownerOnly: true))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            verify();
            if (OperatingSystem.IsWindows())
            {
                // Keeps the access rules of the old file.
                File.Replace(temporary, path, destinationBackupFileName: null);
            }
            else
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
                File.Move(temporary, path, overwrite: true);
            }
        }
        finally
        {
            File.Delete(temporary);
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
    static FileStream CreateForOwnerOnWindows(string path)
    {
        using var identity = WindowsIdentity.GetCurrent();
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new(identity.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path).Create(
            FileMode.CreateNew, FileSystemRights.Write, FileShare.None, bufferSize: 4096, FileOptions.None, security);
    }
}
