using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Folders;

/// <summary>The folder of one server. Disposing it ends the server and deletes everything.</summary>
sealed class Workspace(string folder) : IDisposable
{
    internal string Folder => folder;

    /// <summary>Where PostgreSQL keeps its data, and its process id with them.</summary>
    internal string Data => Path.Join(folder, "data");

    internal PidFile Postmaster => new(Path.Join(Data, "postmaster.pid"));

    internal string BouncerPid => Path.Join(folder, "pgbouncer.pid");

    internal PidFile Bouncer => new(BouncerPid);

    internal ServerLog Log => new(Path.Join(folder, "server.log"));

    /// <summary>Writes a file that only the server can read.</summary>
    internal string Write(string name, string text)
    {
        var path = Path.Join(folder, name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(path, options))
            writer.Write(text);
        Privileges.HandOver(path);
        return path;
    }

    public void Dispose()
    {
        Postmaster.Terminate();
        Bouncer.Terminate();
        Delete(folder);
    }

    internal static void Delete(string folder)
    {
        // A server's last children may still write for a moment after it is gone.
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (attempt == 100)
                    return; // Left for the next process that looks.
                Thread.Sleep(20);
            }
        }
    }
}
