namespace LangSmithPg.Sandbox.Folders;

/// <summary>The log file of a server, which may be writing to it.</summary>
sealed class ServerLog(string path)
{
    const int TailLines = 20;

    internal string Path => path;

    internal string Read()
    {
        if (!File.Exists(path))
            return "";
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>The last lines: what an error message carries.</summary>
    internal string ReadTail() => string.Join('\n', Read().TrimEnd().Split('\n').TakeLast(TailLines));
}
