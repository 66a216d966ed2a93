using LangSmithPg.Files;
using LangSmithPg.Moves;

namespace LangSmithPg.Postgres.Moves;

/// <summary>
/// The folder of a copy, which only its owner can open: the dump and how far it came, and beside them a folder for certificates, which is
/// always removed.
/// </summary>
sealed class WorkFolder : IDisposable
{
    // Nothing else in the folder is ever removed.
    const string Prefix = "langsmithpg-";
    const string StateName = $"{Prefix}state.json";
    const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly string _path;
    readonly bool _isKept;

    WorkFolder(string path, bool isKept, string secrets, CopyState? state) => (_path, _isKept, Secrets, State) = (path, isKept, secrets, state);

    /// <summary>The folder of the dump, which pg_dump creates.</summary>
    public string Dump => Path.Join(_path, $"{Prefix}dump");

    /// <summary>The file with the list of what is restored.</summary>
    public string List => Path.Join(_path, $"{Prefix}restore.list");

    /// <summary>The folder for certificates and keys.</summary>
    public string Secrets { get; }

    /// <summary>How far an earlier copy came, or null.</summary>
    public CopyState? State { get; private set; }

    /// <summary>Whether a restore into a database was begun and did not come to its end.</summary>
    /// <param name="target">The database, or null where it is not known.</param>
    public bool WasRestoringInto(DatabaseIdentity? target) => target is not null && State is { Phase: CopyPhase.Restoring } && State.Target == target;

    /// <summary>The same of a folder that is only looked at.</summary>
    /// <param name="path">Full path of the folder, or null.</param>
    /// <param name="target">The database.</param>
    public static bool WasRestoringInto(string? path, DatabaseIdentity? target)
    {
        try
        {
            return target is not null && path is not null && ReadState(path) is { Phase: CopyPhase.Restoring } state && state.Target == target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever uses it says why.
            return false;
        }
    }

    /// <summary>Opens the folder.</summary>
    /// <param name="path">Full path of a folder that stays, or null for a temporary one.</param>
    /// <exception cref="MoveException">It cannot be used.</exception>
    public static WorkFolder Open(string? path)
    {
        string? secrets = null;
        try
        {
            secrets = Temporary();
            if (path is null)
            {
                return new(Temporary(), isKept: false, secrets, state: null);
            }

            Create(path);
            var state = ReadState(path);
            if (state is null && Directory.EnumerateFileSystemEntries(path).Any(one => !Path.GetFileName(one).StartsWith(Prefix, StringComparison.Ordinal)))
            {
                throw new MoveException(
                    MoveProblemKind.WorkFolderNotUsable, $"The folder {path} is not empty and contains no complete dump.", "Specify an empty folder, or one that does not exist, with -WorkPath.");
            }

            return new(path, isKept: true, secrets, state);
        }
        catch (Exception exception)
        {
            Delete(secrets);
            throw exception is IOException or UnauthorizedAccessException
                ? new MoveException(MoveProblemKind.WorkFolderNotUsable, $"The folder for the dump cannot be used: {exception.Message}", "Specify another folder with -WorkPath.")
                : exception;
        }
    }

    /// <summary>Notes how far the copy came.</summary>
    /// <param name="state">The state.</param>
    public void Save(CopyState state)
    {
        NewFile.Write(Path.Join(_path, StateName), state.ToJson(), ownerOnly: true, replace: true);
        State = state;
    }

    /// <summary>Removes the dump. Which target an interrupted restore left its part in stays known.</summary>
    public void RemoveDump()
    {
        if (State is { } state)
        {
            Save(state with { Stamp = null });
        }
        else
        {
            File.Delete(Path.Join(_path, StateName));
        }

        if (Directory.Exists(Dump))
        {
            Directory.Delete(Dump, recursive: true);
        }

        File.Delete(List);
    }

    /// <summary>How many bytes are free on its disk, or null where that is not known.</summary>
    public long? FreeSpace()
    {
        try
        {
            // Windows has drives, and a share is none.
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(_path)! : _path).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The size of the dump in bytes.</summary>
    public long Size() => new DirectoryInfo(Dump).EnumerateFiles().Sum(file => file.Length);

    public void Dispose()
    {
        Delete(Secrets);
        if (!_isKept)
        {
            Delete(_path);
        }
    }

    static CopyState? ReadState(string path) => File.Exists(Path.Join(path, StateName)) ? CopyState.Read(SharedFile.ReadAllText(Path.Join(path, StateName))) : null;

    static string Temporary() => Directory.CreateTempSubdirectory("langsmithpg-move-").FullName;

    static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            var folder = new DirectoryInfo(path);
            if (!folder.Exists)
            {
                folder.Create(WindowsAccess.OwnerOnlyFolder());
            }

            return;
        }

        Directory.CreateDirectory(path, Owner);
        if ((File.GetUnixFileMode(path) & ~Owner) != 0)
        {
            throw new MoveException(
                MoveProblemKind.WorkFolderNotUsable, $"Other users can open the folder {path}, and the dump contains all data.", "Run chmod 700 on it, or specify a folder that does not exist with -WorkPath.");
        }
    }

    static void Delete(string? path)
    {
        try
        {
            if (path is not null)
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is the owner's alone, and in the folder for temporary files.
        }
    }
}
